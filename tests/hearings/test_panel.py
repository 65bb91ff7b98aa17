"""The panel through the acts: appointed, refused as a whole, drawn, replaced (S02 row 8, INV-09…13)."""


def test_panel_when_whole_panel_fits_is_seated(hearing) -> None:
    assert [seat.account.name for seat in hearing.seats] == [
        "毕建国", "何静", "万春生", "康秀兰", "宋雨晴", "邱正源", "范玉梅", "葛敏",
    ]  # fmt: skip
