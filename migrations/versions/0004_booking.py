"""Rooms, duty, sessions and occupancy."""

import sqlalchemy as sa
from alembic import op

revision = "0004_booking"
down_revision = "0003_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "room",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mediation_room",
                "hearing_room",
                "recon_hearing_room",
                "meeting_room",
                "service_window",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("equipment_words", sa.JSON(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_room_capacity")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_room_hours")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_room_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_room_organisation_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_room_public_id")),
    )
    op.create_table(
        "booked_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("owner_kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "booked",
                "cancelled",
                "entered_in_error",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("party_keys", sa.JSON(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("booked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_booked_session_interval")),
        sa.ForeignKeyConstraint(["booked_by"], ["account.id"], name=op.f("fk_booked_session_booked_by_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_booked_session_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_booked_session_room_id_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booked_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_booked_session_public_id")),
    )
    op.create_index(op.f("ix_booked_session_matter_id"), "booked_session", ["matter_id"], unique=False)
    op.create_index("ix_booked_session_owner", "booked_session", ["owner_kind", "owner_id"], unique=False)
    op.create_index("ix_booked_session_room_starts", "booked_session", ["room_id", "starts_at"], unique=False)
    op.create_index("ix_booked_session_starts", "booked_session", ["starts_at", "id"], unique=False)
    op.create_table(
        "duty_slot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "half",
            sa.Enum("morning", "afternoon", name="half", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_duty_slot_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_slot")),
        sa.UniqueConstraint("account_id", "day", "half", name=op.f("uq_duty_slot_account_id_day_half")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duty_slot_public_id")),
    )
    op.create_index("ix_duty_slot_day_half", "duty_slot", ["day", "half"], unique=False)
    op.create_table(
        "leave",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_leave_interval")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_leave_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sa.UniqueConstraint("public_id", name=op.f("uq_leave_public_id")),
    )
    op.create_index("ix_leave_account_ends", "leave", ["account_id", "ends_on"], unique=False)
    op.create_table(
        "room_closure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_room_closure_interval")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_closure_room_id_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_closure")),
        sa.UniqueConstraint("public_id", name=op.f("uq_room_closure_public_id")),
    )
    op.create_index("ix_room_closure_room_ends", "room_closure", ["room_id", "ends_at"], unique=False)
    op.create_table(
        "occupancy",
        sa.Column("resource_key", sa.String(length=80), nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["booked_session.id"], name=op.f("fk_occupancy_session_id_booked_session")
        ),
        sa.PrimaryKeyConstraint("resource_key", "cell", name=op.f("pk_occupancy")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_occupancy_session_id"), "occupancy", ["session_id"], unique=False)
    op.create_table(
        "session_seat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_seat_account_id_account")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["booked_session.id"], name=op.f("fk_session_seat_session_id_booked_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_seat")),
        sa.UniqueConstraint("session_id", "account_id", name=op.f("uq_session_seat_session_id_account_id")),
    )
    op.create_index(op.f("ix_session_seat_account_id"), "session_seat", ["account_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_session_seat_account_id"), table_name="session_seat")
    op.drop_table("session_seat")
    op.drop_index(op.f("ix_occupancy_session_id"), table_name="occupancy")
    op.drop_table("occupancy")
    op.drop_index("ix_room_closure_room_ends", table_name="room_closure")
    op.drop_table("room_closure")
    op.drop_index("ix_leave_account_ends", table_name="leave")
    op.drop_table("leave")
    op.drop_index("ix_duty_slot_day_half", table_name="duty_slot")
    op.drop_table("duty_slot")
    op.drop_index("ix_booked_session_starts", table_name="booked_session")
    op.drop_index("ix_booked_session_room_starts", table_name="booked_session")
    op.drop_index("ix_booked_session_owner", table_name="booked_session")
    op.drop_index(op.f("ix_booked_session_matter_id"), table_name="booked_session")
    op.drop_table("booked_session")
    op.drop_table("room")
