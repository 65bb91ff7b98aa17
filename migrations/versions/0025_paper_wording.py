"""Own wording: versions of an office's wording of a paper, and the words a paper was issued with."""

import sqlalchemy as sa
from alembic import op

revision = "0025_paper_wording"
down_revision = "0024_heirs"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = ("draft", "in_force", "ended", "withdrawn")


def upgrade() -> None:
    """Create the table of versions; papers issued before keep None and print the usual words."""
    op.create_table(
        "paper_wording",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("area_id", BIG, nullable=False),
        sa.Column("type_name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("written_by", BIG, nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", BIG, nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["organisation.id"], name=op.f("fk_paper_wording_area_id_organisation")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_paper_wording_written_by_account")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_paper_wording_published_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_wording")),
        sa.UniqueConstraint("area_id", "type_name", "number", name=op.f("uq_paper_wording_area_id_type_name_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_wording_public_id")),
    )
    for state in ("draft", "in_force"):
        op.create_index(
            f"uq_paper_wording_{state}",
            "paper_wording",
            ["area_id", "type_name"],
            unique=True,
            sqlite_where=sa.text(f"state = '{state}'"),
            postgresql_where=sa.text(f"state = '{state}'"),
        )
    with op.batch_alter_table("issued_paper") as batch:
        batch.add_column(sa.Column("wording", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("issued_paper") as batch:
        batch.drop_column("wording")
    op.drop_table("paper_wording")
