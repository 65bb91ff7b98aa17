"""Duty rosters: posts, months with versions, weekly templates, requests, feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0014_rosters"
down_revision = "0013_remedies"
branch_labels = None
depends_on = None

KINDS = (
    "meeting_booked meeting_moved meeting_cancelled agreement_to_sign agreement_effective paper_ready access_link "
    "hearing_noticed hearing_moved hearing_off observed_hearing_off"
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "duty_post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "receptionist",
                "coordinator",
                "mediator",
                "recorder",
                "hearing_chair",
                "hearing_panelist",
                "lawyer",
                "judge",
                "reconsideration_officer",
                "counselor",
                "leader",
                "committee_clerk",
                "handling_unit_clerk",
                "street_clerk",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("wanted_morning", sa.Integer(), nullable=False),
        sa.Column("wanted_afternoon", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("wanted_morning >= 0 AND wanted_afternoon >= 0", name=op.f("ck_duty_post_wanted")),
        sa.ForeignKeyConstraint(["area_id"], ["organisation.id"], name=op.f("fk_duty_post_area_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_post")),
        sa.UniqueConstraint("area_id", "name", name=op.f("uq_duty_post_area_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duty_post_public_id")),
    )
    op.create_table(
        "duty_roster",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("published_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["organisation.id"], name=op.f("fk_duty_roster_area_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_roster")),
        sa.UniqueConstraint("area_id", "month", name=op.f("uq_duty_roster_area_id_month")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duty_roster_public_id")),
    )
    op.create_table(
        "week_template",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["organisation.id"], name=op.f("fk_week_template_area_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_template")),
        sa.UniqueConstraint("area_id", "name", name=op.f("uq_week_template_area_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_week_template_public_id")),
    )
    op.create_table(
        "duty_feed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_duty_feed_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_feed")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_duty_feed_token_digest")),
    )
    with op.batch_alter_table("duty_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_feed_account_id"), ["account_id"], unique=False)

    op.create_table(
        "duty_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("swap", "cover", "leave", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "agreed",
                "approved",
                "refused",
                "declined",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("asker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("colleague_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "half",
            sa.Enum("morning", "afternoon", name="half", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("other_day", sa.Date(), nullable=True),
        sa.Column(
            "other_half",
            sa.Enum("morning", "afternoon", name="other_half", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["account.id"], name=op.f("fk_duty_request_asker_id_account")),
        sa.ForeignKeyConstraint(["colleague_id"], ["account.id"], name=op.f("fk_duty_request_colleague_id_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_duty_request_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duty_request_public_id")),
    )
    with op.batch_alter_table("duty_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_request_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_request_colleague_id"), ["colleague_id"], unique=False)
        batch_op.create_index(
            "ix_duty_request_open",
            ["id"],
            unique=False,
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        )

    op.create_table(
        "roster_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_roster_version_published_by_account")),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["duty_roster.id"], name=op.f("fk_roster_version_roster_id_duty_roster")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_version")),
        sa.UniqueConstraint("roster_id", "number", name=op.f("uq_roster_version_roster_id_number")),
    )
    op.create_table(
        "week_template_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column(
            "half",
            sa.Enum("morning", "afternoon", name="half", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_week_template_line_weekday")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_week_template_line_account_id_account")),
        sa.ForeignKeyConstraint(["post_id"], ["duty_post.id"], name=op.f("fk_week_template_line_post_id_duty_post")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["week_template.id"], name=op.f("fk_week_template_line_template_id_week_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_template_line")),
        sa.UniqueConstraint(
            "template_id",
            "weekday",
            "half",
            "account_id",
            name=op.f("uq_week_template_line_template_id_weekday_half_account_id"),
        ),
    )
    op.create_table(
        "roster_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "half",
            sa.Enum("morning", "afternoon", name="half", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_roster_change_account_id_account")),
        sa.ForeignKeyConstraint(["post_id"], ["duty_post.id"], name=op.f("fk_roster_change_post_id_duty_post")),
        sa.ForeignKeyConstraint(["roster_id"], ["duty_roster.id"], name=op.f("fk_roster_change_roster_id_duty_roster")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["roster_version.id"], name=op.f("fk_roster_change_version_id_roster_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_change")),
    )
    with op.batch_alter_table("roster_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_change_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_roster_change_draft",
            ["roster_id", "account_id", "day", "half"],
            unique=True,
            sqlite_where=sa.text("version_id is null"),
            postgresql_where=sa.text("version_id is null"),
        )
        batch_op.create_index(batch_op.f("ix_roster_change_version_id"), ["version_id"], unique=False)

    with op.batch_alter_table("booked_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("off_duty_since", sa.DateTime(), nullable=True))

    with op.batch_alter_table("duty_slot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_index(batch_op.f("ix_duty_slot_post_id"), ["post_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_duty_slot_post_id_duty_post"), "duty_post", ["post_id"], ["id"])

    _allow_kinds(f"{KINDS} duty_changed")


def downgrade() -> None:
    """Take them away; refused by the database while a message tells of duty."""
    _allow_kinds(KINDS)
    with op.batch_alter_table("duty_slot", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_duty_slot_post_id_duty_post"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_duty_slot_post_id"))
        batch_op.drop_column("post_id")

    with op.batch_alter_table("booked_session", schema=None) as batch_op:
        batch_op.drop_column("off_duty_since")

    with op.batch_alter_table("roster_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_change_version_id"))
        batch_op.drop_index(
            "ix_roster_change_draft",
            sqlite_where=sa.text("version_id is null"),
            postgresql_where=sa.text("version_id is null"),
        )
        batch_op.drop_index(batch_op.f("ix_roster_change_account_id"))

    op.drop_table("roster_change")
    op.drop_table("week_template_line")
    op.drop_table("roster_version")
    with op.batch_alter_table("duty_request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_duty_request_open", sqlite_where=sa.text("is_open"), postgresql_where=sa.text("is_open")
        )
        batch_op.drop_index(batch_op.f("ix_duty_request_colleague_id"))
        batch_op.drop_index(batch_op.f("ix_duty_request_asker_id"))

    op.drop_table("duty_request")
    with op.batch_alter_table("duty_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_feed_account_id"))

    op.drop_table("duty_feed")
    op.drop_table("week_template")
    op.drop_table("duty_roster")
    op.drop_table("duty_post")


def _allow_kinds(allowed: str) -> None:
    name = op.f("ck_outbox_message_kind")
    values = ", ".join(f"'{word}'" for word in allowed.split())
    with op.batch_alter_table("outbox_message") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind IN ({values})")
