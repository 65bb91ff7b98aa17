"""Stacks of scanned signed papers."""

import sqlalchemy as sa
from alembic import op

revision = "0026_scan_stacks"
down_revision = "0025_paper_wording"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "scan_stack",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("reading", "read", "ended", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_scan_stack_job_id_job")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_scan_stack_roster_id_roster")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_scan_stack_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_stack")),
        sa.UniqueConstraint("file_name", name=op.f("uq_scan_stack_file_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_scan_stack_public_id")),
    )
    with op.batch_alter_table("scan_stack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_stack_roster_id"), ["roster_id"], unique=False)

    op.create_table(
        "scan_stack_page",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("stack_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "blank",
                "no_code",
                "unknown_code",
                "unsure",
                "placed",
                "filed",
                "left_out",
                name="fate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("page_number", sa.Integer(), nullable=True),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_scan_stack_page_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(["stack_id"], ["scan_stack.id"], name=op.f("fk_scan_stack_page_stack_id_scan_stack")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_stack_page")),
        sa.UniqueConstraint("public_id", name=op.f("uq_scan_stack_page_public_id")),
        sa.UniqueConstraint("stack_id", "position", name=op.f("uq_scan_stack_page_stack_id_position")),
    )
    with op.batch_alter_table("scan_stack_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_stack_page_paper_id"), ["paper_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("scan_stack_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_stack_page_paper_id"))

    op.drop_table("scan_stack_page")
    with op.batch_alter_table("scan_stack", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_stack_roster_id"))

    op.drop_table("scan_stack")
