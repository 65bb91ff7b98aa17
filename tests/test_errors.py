"""Each refusal carries message, article, rule and its HTTP status."""

import pytest

from app.errors import (
    Clash,
    DomainError,
    FieldErrors,
    NotFound,
    NotPermitted,
    RuleViolation,
    StaleVersion,
    TooManyAttempts,
    Unavailable,
)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (RuleViolation, 422),
        (NotPermitted, 403),
        (NotFound, 404),
        (StaleVersion, 409),
        (Clash, 409),
        (Unavailable, 503),
    ],
)
def test_refusal_carries_message_article_rule_and_status(kind: type[DomainError], status: int) -> None:
    error = kind("不能办。", article="《人民调解法》第十七条", rule="INV-05")

    assert (str(error), error.message, error.article, error.rule, error.status) == (
        "不能办。",
        "不能办。",
        "《人民调解法》第十七条",
        "INV-05",
        status,
    )


def test_a_clash_that_looked_for_nothing_offers_nothing() -> None:
    assert (Clash("放不下。").causes, Clash("放不下。").alternatives) == ((), ())


def test_too_many_attempts_says_when_to_try_again() -> None:
    error = TooManyAttempts("请稍后再试。", retry_after_seconds=30)

    assert (error.status, error.retry_after_seconds) == (429, 30)


def test_field_errors_count_the_fields() -> None:
    error = FieldErrors({"name": "请填写姓名。", "phone": "电话号码不对。"})

    assert (error.status, error.message, error.errors["name"]) == (422, "有 2 处要改", "请填写姓名。")
    assert FieldErrors({}, "请看下面。").message == "请看下面。"
