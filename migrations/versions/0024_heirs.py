"""Several heirs who each sign in person; an heir who renounced."""

import sqlalchemy as sa
from alembic import op

revision = "0024_heirs"
down_revision = "0023_signing_day"
branch_labels = None
depends_on = None

PARTS = "signs authorises disputes"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "agreement_successor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kinship", sa.String(length=40), nullable=False),
        sa.Column("proof_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"], ["agreement_party.id"], name=op.f("fk_agreement_successor_row_id_agreement_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_successor")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_successor_public_id")),
    )
    with op.batch_alter_table("agreement_successor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_successor_row_id"), ["row_id"], unique=False)
    _allow_parts(f"{PARTS} renounces")


def downgrade() -> None:
    """Take them away; refused by the database while an heir has renounced."""
    _allow_parts(PARTS)
    with op.batch_alter_table("agreement_successor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_successor_row_id"))

    op.drop_table("agreement_successor")


def _allow_parts(allowed: str) -> None:
    name = op.f("ck_heir_part")
    values = ", ".join(f"'{word}'" for word in allowed.split())
    with op.batch_alter_table("heir") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"part IN ({values})")
