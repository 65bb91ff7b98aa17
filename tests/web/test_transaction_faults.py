"""What goes wrong on the way to a commit: conflicts, a lost race, a busy, full or absent database, a broken commit."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask, Response, flash, get_flashed_messages, redirect, request, session
from flask_login import current_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from app.access.guards import permission_required
from app.access.permissions import Permission, Role
from app.errors import Clash, RuleViolation, StaleVersion
from app.people.models import Account, Organisation
from app.web import database
from app.web.database import error_name
from app.web.transaction import after_commit, run_write, transaction, writes
from tests.factories import make_account, make_organisation

KEY = "key-12345678"


def count_organisations(db: SQLAlchemy) -> int:
    return db.session.scalar(sa.text("select count(*) from organisation"))


class EngineError(Exception):
    """What an engine says, with its own name for it."""

    def __init__(self, name: str) -> None:
        super().__init__("secret 330102198001011234")
        self.sqlstate = name


def database_error(kind: type[DBAPIError], name: str) -> DBAPIError:
    return kind("insert", {"name": "secret"}, EngineError(name))


@pytest.mark.parametrize("name", ["40001", "40P01"])
def test_a_conflict_is_tried_once_more_from_the_start(db: SQLAlchemy, name: str) -> None:
    tries: list[int] = []

    def act() -> str:
        tries.append(count_organisations(db))
        make_organisation()
        if len(tries) == 1:
            raise database_error(OperationalError, name)
        return "done"

    assert run_write(act) == "done"
    assert tries == [0, 0]
    assert count_organisations(db) == 1


def test_a_second_conflict_is_not_tried_again(db: SQLAlchemy) -> None:
    tries: list[int] = []

    def act() -> None:
        tries.append(1)
        raise database_error(OperationalError, "40001")

    with pytest.raises(OperationalError):
        run_write(act)
    assert len(tries) == 2


@pytest.mark.parametrize(("kind", "name"), [(OperationalError, "55P03"), (IntegrityError, "23505")])
def test_what_would_fail_again_is_not_tried_again(db: SQLAlchemy, kind: type[DBAPIError], name: str) -> None:
    tries: list[int] = []

    def act() -> None:
        tries.append(1)
        raise database_error(kind, name)

    with pytest.raises(kind):
        run_write(act)
    assert len(tries) == 1


def test_a_transaction_within_a_transaction_is_refused_and_loses_nothing(db: SQLAlchemy) -> None:
    with transaction():
        make_organisation()
        with pytest.raises(RuntimeError, match="after its commit"), transaction():
            pass
    assert count_organisations(db) == 1


def test_after_commit_outside_of_a_transaction_is_refused(db: SQLAlchemy) -> None:
    with pytest.raises(RuntimeError, match="no commit to wait for"):
        after_commit(lambda: None)


def test_after_commit_may_write_and_ask_for_more_in_a_transaction_of_its_own(db: SQLAlchemy) -> None:
    done: list[str] = []

    def first() -> None:
        with transaction():
            make_organisation()
            after_commit(lambda: done.append("inner"))
        done.append("first")

    with transaction():
        make_organisation()
        after_commit(first)
        after_commit(lambda: done.append("second"))
    assert done == ["inner", "first", "second"]
    assert count_organisations(db) == 2


def test_a_commit_that_fails_leaves_nothing_and_runs_nothing_after_it(
    db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def refuse() -> None:
        raise database_error(OperationalError, "53100")

    with monkeypatch.context() as broken, pytest.raises(OperationalError), transaction():
        make_organisation()
        after_commit(lambda: done.append("no"))
        broken.setattr(db.session(), "commit", refuse)
    assert done == []
    assert count_organisations(db) == 0
    with transaction():
        make_organisation()
    assert count_organisations(db) == 1


def test_rows_seen_before_the_write_began_are_read_anew_in_it(app: Flask, db: SQLAlchemy) -> None:
    with transaction():
        organisation = make_organisation("旧名")
    assert organisation.name == "旧名"
    with app.app_context(), transaction():
        db.session.get_one(Organisation, organisation.id).name = "新名"
    with transaction():
        assert organisation.name == "新名"


def test_writers_take_turns_so_that_what_was_checked_still_holds(app: Flask, db: SQLAlchemy) -> None:
    """Check-then-insert without any lock or unique key of its own: at most three organisations."""

    def add_if_few(_: int) -> None:
        with app.app_context():
            run_write(lambda: make_organisation() if count_organisations(db) < 3 else None)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_if_few, range(16)))
    assert count_organisations(db) == 3


def test_p21_a_writer_waits_only_so_long_and_is_told_to_come_back(
    app: Flask, db: SQLAlchemy, pages: Callable[..., Response]
) -> None:
    holding, enough = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context(), transaction():
            holding.set()
            enough.wait(20)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert holding.wait(10)
        with pytest.raises(OperationalError) as refused, transaction(patience=200):
            pass
        assert db.session.scalar(sa.text("select count(*) from organisation")) == 0  # reading goes on
        enough.set()
        held.result()
    assert error_name(refused.value) in {"SQLITE_BUSY", "55P03"}
    answer = pages(fail_with(refused.value))
    assert answer.status_code == 503
    assert "系统暂时忙不过来，您填的都还在。请过一分钟再点一次。" in answer.get_data(as_text=True)


@pytest.fixture
def pages(app: Flask) -> Iterator[Callable[[Callable[[], object]], Response]]:
    """`pages(act)`: the whole answer of the application to a POST whose view does `act`."""

    def send(act: Callable[[], object], **headers: str) -> Response:
        app.view_functions["people.show_roles"] = permission_required(Permission.PUBLIC)(writes(act))
        return app.test_client().get("/login/role?name=x", headers=headers)

    kept = app.view_functions["people.show_roles"]
    yield send
    app.view_functions["people.show_roles"] = kept


def fail_with(error: Exception) -> Callable[[], object]:
    def act() -> object:
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (database_error(OperationalError, "57P01"), 503),
        (database_error(OperationalError, "SQLITE_BUSY"), 503),
        (database_error(OperationalError, "SQLITE_FULL"), 503),
        (database_error(OperationalError, "53100"), 503),
        (database_error(InterfaceError, ""), 503),
        (sa.exc.TimeoutError("pool"), 503),
        (OSError(28, "No space left on device"), 503),
        (OSError(2, "No such file"), 500),
        (database_error(OperationalError, "SQLITE_ERROR"), 500),
        (database_error(ProgrammingError, "42P01"), 500),
        (database_error(IntegrityError, "23502"), 500),
        (database_error(IntegrityError, "23505"), 409),
        (database_error(sa.exc.DataError, "22003"), 400),
        (OverflowError("int too large"), 400),
    ],
)
def test_p19_p20_each_fault_has_its_status_and_names_nobody(
    pages: Callable[..., Response], caplog: pytest.LogCaptureFixture, error: Exception, status: int
) -> None:
    answer = pages(fail_with(error))
    assert answer.status_code == status
    assert "330102198001011234" not in answer.get_data(as_text=True)
    assert (answer.headers.get("Retry-After") == "30") is (status == 503)
    assert '"name": "secret"' not in caplog.text


def test_p20_without_a_database_every_page_says_to_come_back(
    app: Flask, client_of: Callable[..., object], db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        account = make_account(Role.ADMINISTRATOR, organisation=make_organisation())
    browser = client_of(account)

    dialect = db.engine.dialect.dbapi

    def no_connection(*_args: object, **_kwargs: object) -> None:
        raise dialect.OperationalError("connection refused")

    db.session.remove()
    db.engine.dispose()
    with monkeypatch.context() as broken:
        broken.setattr(db.engine.pool, "_creator", no_connection)
        broken.setattr(db.engine.pool, "_invoke_creator", no_connection)
        answers = [
            browser.get("/settings/accounts"),
            browser.post("/settings/organisations/new", data={"name": "新单位"}),
            browser.get("/settings/accounts", headers={"Accept": "application/json"}),
        ]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert "新单位" in answers[1].get_data(as_text=True)
    assert answers[2].get_json()["error"]["code"] == "unavailable"
    assert browser.get("/settings/accounts").status_code == 200


def test_statements_in_errors_carry_no_values(db: SQLAlchemy) -> None:
    with pytest.raises(DBAPIError) as refused:
        db.session.execute(sa.text("select * from no_such_table where name = :name"), {"name": "张三"})
    assert "张三" not in str(refused.value)


def post(app: Flask, view: Callable[[], object], **form: object) -> Response:
    """What the view answers to this form."""
    with app.test_request_context("/test/make", method="POST", data=form):
        return app.make_response(view())  # type: ignore[return-value]  # as the application does


def test_b133_the_same_form_sent_five_times_at_once_acts_once(app: Flask, db: SQLAlchemy) -> None:
    @writes
    def make_one() -> object:
        return redirect(f"/made/{make_organisation().public_id}")

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: post(app, make_one, idempotency_key=KEY), range(5)))
    assert count_organisations(db) == 1
    assert len({answer.location for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer.headers for answer in answers) == 4


def test_b134_the_page_token_is_no_part_of_the_form_but_a_file_is(app: Flask, db: SQLAlchemy) -> None:
    from io import BytesIO  # noqa: PLC0415 only here

    read: list[bytes] = []

    @writes
    def make_one() -> object:
        read.append(request.files["scan"].read())
        return redirect(f"/made/{make_organisation().public_id}")

    def send(content: bytes, token: str) -> Response:
        scan = (BytesIO(content), "a.pdf")
        return post(app, make_one, idempotency_key=KEY, csrf_token=token, scan=scan)

    assert "Idempotent-Replayed" not in send(b"one", "t1").headers
    assert "Idempotent-Replayed" in send(b"one", "t2").headers
    with pytest.raises(RuleViolation):
        send(b"two", "t1")
    assert read == [b"one"]
    assert count_organisations(db) == 1


def test_a_key_is_used_up_by_an_act_and_not_by_a_page_of_errors(app: Flask, db: SQLAlchemy) -> None:
    @writes
    def refuse_first() -> object:
        if request.form["name"] == "":
            return "请填写", 422
        return redirect(f"/made/{make_organisation().public_id}")

    assert post(app, refuse_first, idempotency_key=KEY, name="").status_code == 422
    assert post(app, refuse_first, idempotency_key=KEY, name="甲").status_code == 302
    assert count_organisations(db) == 1


def test_an_act_that_showed_its_result_at_once_is_not_repeated(app: Flask, db: SQLAlchemy) -> None:
    @writes
    def show_once() -> object:
        make_organisation()
        return "只显示一次"

    assert post(app, show_once, idempotency_key=KEY).status_code == 200
    with pytest.raises(Clash, match="已经交过"):
        post(app, show_once, idempotency_key=KEY)
    assert count_organisations(db) == 1


def test_reshow_runs_outside_the_write_and_keeps_its_own_answer(app: Flask, db: SQLAlchemy) -> None:
    seen: list[bool] = []

    def show() -> object:
        seen.append(bool(database.WRITING.get()))
        return ("填的还在", 200, {"X-Shown": "yes"})

    @writes(reshow=show)
    def refuse() -> object:
        make_organisation()
        raise RuleViolation("不行")

    answer = post(app, refuse)
    assert (answer.status_code, answer.headers["X-Shown"], seen) == (422, "yes", [False])
    assert count_organisations(db) == 0


def test_reshow_that_leads_elsewhere_is_followed(app: Flask, db: SQLAlchemy) -> None:
    @writes(reshow=lambda: redirect("/login"))
    def refuse() -> object:
        raise RuleViolation("不行")

    assert post(app, refuse).status_code == 302


def test_a_refused_or_repeated_attempt_leaves_no_message_in_the_cookie(app: Flask, db: SQLAlchemy) -> None:
    tries: list[int] = []

    @writes
    def flash_and_fail_once() -> object:
        flash("已登记")
        session["who"] = len(tries)
        tries.append(1)
        if len(tries) == 1:
            raise database_error(OperationalError, "40001")
        return ",".join(get_flashed_messages()) + str(session["who"])

    @writes
    def flash_and_refuse() -> object:
        flash("已登记")
        raise RuleViolation("不行")

    assert post(app, flash_and_fail_once).get_data(as_text=True) == "已登记1"
    with app.test_request_context("/", method="POST"):
        with pytest.raises(RuleViolation):
            flash_and_refuse()
        assert dict(session) == {}


def test_p51_who_is_logged_in_is_asked_again_within_the_write(
    app: Flask, client_of: Callable[..., object], db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Disabled while the request waited for its turn: the act does not take place."""
    with transaction():
        account = make_account(Role.ADMINISTRATOR, organisation=make_organisation())
    browser = client_of(account)
    before = count_organisations(db)

    def disable_first(*_args: object) -> None:
        assert current_user.is_authenticated
        with app.app_context(), transaction():
            db.session.get_one(Account, account.id).is_active = False

    with monkeypatch.context() as late:
        late.setitem(app.before_request_funcs, None, [*app.before_request_funcs[None], disable_first])
        answer = browser.post("/settings/organisations/new", data={"name": "新单位", "kind": "other_organ"})
    assert answer.status_code in (302, 401)
    db.session.rollback()
    assert count_organisations(db) == before


def test_a_lost_race_on_a_version_is_a_stale_form(db: SQLAlchemy) -> None:
    from sqlalchemy.orm.exc import StaleDataError  # noqa: PLC0415 only here

    with pytest.raises(StaleVersion):
        run_write(fail_with(StaleDataError("row changed")))
