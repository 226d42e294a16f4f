import datetime
import pickle
import random
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.problems.errors import Fault
from minutes.problems.messages import VALUES
from minutes.thai import dates, units
from minutes.thai import digits as thai_digits
from minutes.thai import names as thai_names
from minutes.thai.amounts import MeetingNumber, baht_words, money_text, parse_money, parse_number
from minutes.thai.names import Name
from tests.support.effort import assert_in_proportion

DATES = st.dates(datetime.date(1858, 4, 1), datetime.date(2400, 12, 31))
RECENT = st.dates(datetime.date(1957, 1, 1), datetime.date(2056, 12, 31))  # พ.ศ. 2500 to 2599
AMOUNTS = st.decimals(0, Decimal("999999999999999999.99"), places=2)
THAI_TEXT = st.text('กขนมะาิีุเแไ่้ำ๑๒15 ๆฯณ.,()“”"-–/\nAB', max_size=60)


def code_of(fault: pytest.ExceptionInfo[Fault]) -> str:
    wording = VALUES[fault.value.code]
    for sentence in wording[1:]:
        assert "\n" not in sentence.format_map(fault.value.values)
    return fault.value.code


def held(text: str, *args: object, **options: object) -> list[str]:
    """Give the units of a text as the words that they hold."""
    spans = units.units(text, *args, **options)  # type: ignore[arg-type] # handed on as given
    return [text[start:end] for start, end in spans]


# ---------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("ประ\u200bชุม\u2060\ufeff\u00ad", "ประชุม"),
        ("ครั้งที่\u00a01", "ครั้งที่ 1"),
        ("ทํา", "ทำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("ก\u0e4d", "ก\u0e4d"),
    ],
)
def test_drops_what_nobody_sees(written: str, clean: str) -> None:
    assert thai_digits.strip_invisible(written) == clean


@given(st.text())
def test_digits_come_back_from_thai(text: str) -> None:
    assert thai_digits.arabic(thai_digits.to_thai_digits(text)) == thai_digits.arabic(text)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("OTOP 15 ราย", "OTOP ๑๕ ราย"),
        ("COVID-19", "COVID-19"),
        ("PM2.5 และ PM 2.5", "PM2.5 และ PM 2.5"),
        ("อาคาร A4-12/3 ชั้น 2", "อาคาร A4-12/3 ชั้น ๒"),
        ("ห้อง N 406 ชั้น 4", "ห้อง N 406 ชั้น ๔"),
        ("(ห้อง N 406)", "(ห้อง N 406)"),
        ("บ้านเห็ด NP 9) ลุ่ม 10) กอ", "บ้านเห็ด NP ๙) ลุ่ม ๑๐) กอ"),
        ("2)แฮนด์เมด292", "๒)แฮนด์เมด๒๙๒"),
        ("(OTOP)ปี2567", "(OTOP)ปี๒๕๖๗"),
        ("ดูที่ https://a.go.th/2567?x=5 ปี 2567", "ดูที่ https://a.go.th/2567?x=5 ปี ๒๕๖๗"),
        ("(www.a1.go.th/ข่าว5)5", "(www.a1.go.th/ข่าว5)๕"),
        ("saraban_01@a2.go.th โทร. 0 7425", "saraban_01@a2.go.th โทร. ๐ ๗๔๒๕"),
        ("15,000USD หรือ 15,000 บาท", "15,000USD หรือ ๑๕,๐๐๐ บาท"),
        ("ไทยแลนด์ 4.0 ข้อ 4.0", "ไทยแลนด์ 4.0 ข้อ ๔.๐"),
        ("Shop2ชุมชน5", "Shop2ชุมชน๕"),
        ("14.00 น. 1/2567", "๑๔.๐๐ น. ๑/๒๕๖๗"),
    ],
)
def test_prints_thai_digits_except_in_codes(written: str, printed: str) -> None:
    assert thai_digits.digits(written, "thai", ["ไทยแลนด์ 4.0", ""]) == printed


def test_prints_arabic_digits_except_in_addresses() -> None:
    text = "ปี ๒๕๖๗ ห้อง A๔ https://a.go.th/๒๕๖๗"
    assert thai_digits.digits(text, "arabic") == "ปี 2567 ห้อง A๔ https://a.go.th/๒๕๖๗"


def test_a_term_that_overlaps_a_code_is_kept_with_it() -> None:
    assert (
        thai_digits.digits("COVID-19 ระลอก 5 ปี 5", "thai", ["19 ระลอก 5"]) == "COVID-19 ระลอก 5 ปี ๕"
    )
    assert thai_digits.digits("A4-1 ชุด 5 ปี 5", "thai", ["A4-1 ชุด 5"]) == "A4-1 ชุด 5 ปี ๕"


def test_a_term_inside_a_longer_figure_is_no_term() -> None:
    assert thai_digits.digits("4.05 และ 4.0", "thai", ["4.0"]) == "๔.๐๕ และ 4.0"


@given(st.text())
def test_digits_change_nothing_but_digits(text: str) -> None:
    assert thai_digits.arabic(thai_digits.digits(text, "thai")) == thai_digits.arabic(text)
    assert thai_digits.arabic(thai_digits.digits(text, "arabic")) == thai_digits.arabic(text)


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "written",
    [
        "14 พฤษภาคม 2567",
        "14 พ.ค. 67",
        "14 พ.ค. 2567",
        "๑๔ พ.ค. ๒๕๖๗",
        "14พ.ค.67",
        "14 พ. ค. 67",
        "14 พค 67",
        "  14  พฤษภาคม\u00a02567 ",
        "วันอังคารที่ 14 พฤษภาคม 2567",
        "วันอังคารที่14 พฤษภาคม 2567",
        "วันอังคาร 14 พฤษภาคม 2567",
        "อ. 14 พ.ค. 67",
        "วันที่ 14 เดือนพฤษภาคม พุทธศักราช 2567",
        "เมื่อวันที่ 14 พฤษภาคม 2567",
        "14 พฤษภาคม พ.ศ. 2567",
        "14 พฤษภาคม พ.ศ.2567",
        "14 พฤษภาคม ค.ศ. 2024",
        "14 พฤษภาคม 2024",
        "14 พฤษภาคม 67",
        "14 พฤษภาคม ปี 2567",
        "14 พ.ค. ปี พ.ศ. 2567",
        "14 พฤษภาคม ปี 67",
        "2567-05-14",
        "๒๕๖๗-๐๕-๑๔",
        "2024-05-14",
        "14/5/2567",
        "14/05/2567",
        "14 / 5 / 2024",
    ],
)
def test_reads_a_date_as_people_write_it(written: str) -> None:
    assert dates.parse_date(written) == datetime.date(2024, 5, 14)


@pytest.mark.parametrize("number", range(1, 13))
def test_reads_every_month(number: int) -> None:
    date = datetime.date(2024, number, 5)
    assert dates.parse_date(f"5 {dates.MONTHS[number - 1]} 2567") == date
    assert dates.parse_date(dates.date_text(date, short=True).replace(" ", "")) == date


def test_the_29th_of_february_2567_is_a_real_day() -> None:
    assert dates.parse_date("2567-02-29") == datetime.date(2024, 2, 29)


@pytest.mark.parametrize("weekday", ["พฤหัสบดี", "พฤหัส", "พฤหัสฯ"])
def test_reads_thursday_in_all_its_forms(weekday: str) -> None:
    assert dates.parse_date(f"วัน{weekday}ที่ 16 พ.ค. 67") == datetime.date(2024, 5, 16)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "D01"),
        ("พรุ่งนี้", "D01"),
        ("14 May 2567", "D01"),
        ("14 บ่าย 2567", "D01"),
        ("12-16 ธันวาคม 2569", "D01"),
        ("14" * 200, "D01"),
        ("วันพุธที่ 18 มิถุนายน 2567", "D02"),
        ("31 มิถุนายน 2567", "D03"),
        ("2566-02-29", "D03"),
        ("29 กุมภาพันธ์ 2479", "D03"),
        ("1 มกราคม 2483", "D420"),
        ("29 กุมภาพันธ์ 2483", "D420"),
        ("31/3/2483", "D420"),
        ("2483-02-01", "D420"),
        ("1858-03-31", "D07"),
        ("0/5/2567", "D03"),
        ("14/5/67", "D07"),
        ("14 พฤษภาคม 567", "D07"),
        ("14 พฤษภาคม 25670", "D07"),
        ("14 พฤษภาคม พ.ศ. 2024", "D07"),
        ("14 พฤษภาคม ค.ศ. 2567", "D07"),
        ("14 พฤษภาคม ค.ศ. 24", "D07"),
        ("0001-05-14", "D07"),
        ("9999-05-14", "D07"),
        ("14 กรกฏาคม 2567", "D08"),
        ("2567-13-01", "D09"),
        ("5/14/2567", "D09"),
    ],
)
def test_refuses_what_is_no_date(written: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        dates.parse_date(written)
    assert code_of(caught) == code


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "วันพุธที่ 18 มิถุนายน 2567",
            "วันที่ 18 มิถุนายน 2567 ตรงกับวันอังคาร ไม่ใช่วันพุธ",
            'แก้เป็น "วันอังคารที่ 18 มิถุนายน 2567" หรือแก้วันที่ให้ถูกต้อง',
        ),
        ("๓๐ ก.พ. ๖๗", "ไม่มีวันที่ 30 กุมภาพันธ์ 2567", "เดือนกุมภาพันธ์ 2567 มี 29 วัน"),
        ("14 กรกฏาคม 2567", 'ไม่รู้จักเดือน "กรกฏาคม"', 'หมายถึง "กรกฎาคม" ใช่หรือไม่'),
    ],
)
def test_says_what_is_wrong_with_a_date(written: str, message: str, hint: str) -> None:
    with pytest.raises(Fault) as caught:
        dates.parse_date(written)
    wording, values = VALUES[caught.value.code], caught.value.values
    assert wording.th.format_map(values) == message
    assert wording.hint_th.format_map(values) == hint


def test_writes_a_date_without_a_leading_zero() -> None:
    date = datetime.date(2024, 6, 5)
    assert dates.date_text(date) == "5 มิถุนายน 2567"
    assert dates.date_text(date, weekday=True) == "วันพุธที่ 5 มิถุนายน 2567"
    assert dates.date_text(date, short=True) == "5 มิ.ย. 67"
    assert dates.month_text(date) == "มิถุนายน 2567"
    assert dates.buddhist_year(date) == 2567


def test_refuses_to_add_543_to_a_buddhist_year() -> None:
    with pytest.raises(ValueError, match="common year"):
        dates.date_text(datetime.date(2567, 6, 5))


@given(DATES)
def test_every_printed_date_is_read_back(date: datetime.date) -> None:
    assert dates.parse_date(dates.date_text(date)) == date
    assert dates.parse_date(thai_digits.to_thai_digits(dates.date_text(date, weekday=True))) == date
    assert dates.parse_date(f"{dates.buddhist_year(date)}-{date:%m-%d}") == date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("วันเสาร์ที่ 1 มกราคม 2480", (1938, 1, 1)),
        ("วันเสาร์ที่ 2 มีนาคม 2477", (1935, 3, 2)),
        ("วันพฤหัสบดีที่ 31 มีนาคม พ.ศ. 2480", (1938, 3, 31)),
        ("วันศุกร์ที่ 24 มิถุนายน 2475", (1932, 6, 24)),
        ("29 ก.พ. 2478", (1936, 2, 29)),
        ("29/2/2478", (1936, 2, 29)),
        ("2478-02-29", (1936, 2, 29)),
        ("1938-02-01", (1938, 2, 1)),
        ("1 กุมภาพันธ์ ค.ศ. 1938", (1938, 2, 1)),
        ("วันจันทร์ที่ 1 เมษายน 2432", (1889, 4, 1)),
        ("วันอาทิตย์ที่ 31 มีนาคม 2482", (1940, 3, 31)),
        ("วันจันทร์ที่ 1 เมษายน 2483", (1940, 4, 1)),
        ("วันอังคารที่ 31 ธันวาคม 2483", (1940, 12, 31)),
        ("วันพุธที่ 1 มกราคม 2484", (1941, 1, 1)),
    ],
)
def test_a_year_before_2484_begins_in_april(written: str, day: tuple[int, int, int]) -> None:
    date = datetime.date(*day)
    assert dates.parse_date(written) == date
    assert dates.parse_date(dates.date_text(date, weekday=True)) == date
    assert str(dates.buddhist_year(date)) in dates.month_text(date)


@pytest.mark.parametrize("weekday", dates.WEEKDAYS)
def test_of_no_day_that_the_moon_counted_the_weekday_is_disputed(weekday: str) -> None:
    assert dates.parse_date(f"วัน{weekday}ที่ 20 กุมภาพันธ์ 2430") == datetime.date(1888, 2, 20)


def test_a_weekday_from_april_on_is_checked_in_every_year() -> None:
    with pytest.raises(Fault) as caught:
        dates.parse_date("วันจันทร์ที่ 20 กันยายน 2410")
    assert code_of(caught) == "D02"


@given(RECENT)
def test_every_short_date_is_read_back(date: datetime.date) -> None:
    assert dates.parse_date(dates.date_text(date, short=True)) == date


@given(st.text())
def test_any_text_is_a_value_or_a_fault(text: str) -> None:
    for parse in (dates.parse_date, dates.parse_time, parse_money, parse_number):
        with suppress(Fault):
            parse(text)


# ---------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("14.00", 14, 0),
        ("14.00 น.", 14, 0),
        ("14.00น", 14, 0),
        ("14:00", 14, 0),
        ("๑๔.๐๐ น.", 14, 0),
        ("09.30", 9, 30),
        ("9.30", 9, 30),
        ("เวลา 9.30 นาฬิกา", 9, 30),
        ("00.00", 0, 0),
        ("23:59", 23, 59),
    ],
)
def test_reads_a_time_as_people_write_it(written: str, hour: int, minute: int) -> None:
    assert dates.parse_time(written) == datetime.time(hour, minute)


@pytest.mark.parametrize("written", ["14.3", "25.00", "9.75", "24.00", "840", "14", "", "บ่าย"])
def test_refuses_what_is_no_time(written: str) -> None:
    with pytest.raises(Fault) as caught:
        dates.parse_time(written)
    assert code_of(caught) == "D04"


@given(st.times())
def test_every_printed_time_is_read_back(clock: datetime.time) -> None:
    whole = clock.replace(second=0, microsecond=0)
    assert dates.parse_time(dates.time_text(clock)) == whole


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("00.30 น. (วันถัดไป)", "00.30 น. ของวันถัดไป"),
        ("0:30 (วันถัดไป)", "00.30 น. ของวันถัดไป"),
        ("๐๑.๑๕ น. ของวันรุ่งขึ้น", "01.15 น. ของวันถัดไป"),
        ("เวลา 02.00 นาฬิกา วันถัดไป", "02.00 น. ของวันถัดไป"),
        ("02.00 (next day)", "02.00 น. ของวันถัดไป"),
        ("24.00", "24.00 น."),
        ("24.00 น.", "24.00 น."),
        ("00.00 (วันถัดไป)", "24.00 น."),
        ("23.45 น.", "23.45 น."),
    ],
)
def test_a_sitting_may_end_past_midnight(written: str, printed: str) -> None:
    time = dates.parse_later_time(written)
    assert dates.time_text(time) == printed
    assert dates.parse_later_time(printed) == time
    assert dates.parse_time("22.00") < time


@pytest.mark.parametrize("written", ["24.01", "24.30 (วันถัดไป)", "00.30 (วันก่อน)", "วันถัดไป", ""])
def test_refuses_what_is_no_later_time(written: str) -> None:
    with pytest.raises(Fault) as caught:
        dates.parse_later_time(written)
    assert code_of(caught) == "D04"


@given(st.times(), st.times())
def test_a_time_past_midnight_is_later_than_every_time_of_the_day(
    one: datetime.time, other: datetime.time
) -> None:
    after = dates.AfterMidnight(other.hour, other.minute)
    assert one < after
    assert after > one
    assert after != one
    assert sorted([after, one]) == [one, after]
    assert pickle.loads(pickle.dumps(after)) == after


def test_writes_a_time_with_two_digits() -> None:
    assert dates.time_text(datetime.time(9, 5)) == "09.05 น."


# ---------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("15,000 บาท", "15000"),
        ("15000", "15000"),
        ("๑๕,๐๐๐ บาท", "15000"),
        ("15,000.- บาท", "15000"),
        ("15,000 บาทถ้วน", "15000"),
        ("27,276,511.85", "27276511.85"),
        ("0.50", "0.50"),
        ("15.5", "15.5"),
        ("0", "0"),
        ("123456789012345678.25", "123456789012345678.25"),
    ],
)
def test_reads_money_exactly(written: str, amount: str) -> None:
    assert parse_money(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    [
        "1,5000",
        "15,00",
        "15.000",
        "-5",
        "0812345678",
        "1.5 ล้านบาท",
        "1e5",
        "NaN",
        "",
        "9" * 19,
        "9" * 5000,
    ],
)
def test_refuses_what_is_no_money(written: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_money(written)
    assert code_of(caught) == "D05"


@given(AMOUNTS)
def test_every_printed_amount_is_read_back(amount: Decimal) -> None:
    assert parse_money(money_text(amount)) == amount
    assert parse_money(str(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "figures", "words"),
    [
        ("15000", "15,000 บาท", "หนึ่งหมื่นห้าพันบาทถ้วน"),
        ("0", "0 บาท", "ศูนย์บาทถ้วน"),
        ("0.50", "0.50 บาท", "ห้าสิบสตางค์"),
        ("0.5", "0.50 บาท", "ห้าสิบสตางค์"),
        ("1.05", "1.05 บาท", "หนึ่งบาทห้าสตางค์"),
        ("1.01", "1.01 บาท", "หนึ่งบาทหนึ่งสตางค์"),
        ("2.67", "2.67 บาท", "สองบาทหกสิบเจ็ดสตางค์"),
        ("4.35", "4.35 บาท", "สี่บาทสามสิบห้าสตางค์"),
        ("101", "101 บาท", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("11.21", "11.21 บาท", "สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"),
        ("1000001", "1,000,001 บาท", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("21000000", "21,000,000 บาท", "ยี่สิบเอ็ดล้านบาทถ้วน"),
        ("101000000", "101,000,000 บาท", "หนึ่งร้อยเอ็ดล้านบาทถ้วน"),
        (
            "123456789012345678.25",
            "123,456,789,012,345,678.25 บาท",
            "หนึ่งแสนสองหมื่นสามพันสี่ร้อยห้าสิบหกล้าน"
            "เจ็ดแสนแปดหมื่นเก้าพันสิบสองล้าน"
            "สามแสนสี่หมื่นห้าพันหกร้อยเจ็ดสิบแปดบาทยี่สิบห้าสตางค์",
        ),
    ],
)
def test_writes_money_in_figures_and_words(amount: str, figures: str, words: str) -> None:
    assert money_text(Decimal(amount)) == figures
    assert baht_words(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["2.675", "-1", "1.005"])
def test_refuses_to_round_an_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        baht_words(Decimal(amount))


@given(st.integers(0, 10**12 - 1))
def test_words_of_whole_baht_agree_with_pythainlp(baht: int) -> None:
    from pythainlp.util import bahttext

    assert baht_words(Decimal(baht)) == bahttext(baht)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (10**12, "หนึ่งล้านล้าน"),
        (2_000_001_000_001, "สองล้านเอ็ดล้านเอ็ด"),
        (1_000_001_000_000, "หนึ่งล้านเอ็ดล้าน"),
        (5_000_000_000_001, "ห้าล้านล้านเอ็ด"),
        (11_000_011_000_011, "สิบเอ็ดล้านสิบเอ็ดล้านสิบเอ็ด"),
        (10**18 + 1, "หนึ่งล้านล้านล้านเอ็ด"),
    ],
)
def test_millions_of_millions_are_said_as_people_say_them(amount: int, words: str) -> None:
    assert baht_words(Decimal(amount)) == f"{words}บาทถ้วน"


SAID = {"หนึ่ง": 1, "เอ็ด": 1, "ยี่": 2, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7}
SAID |= {"แปด": 8, "เก้า": 9}
TENS = ("แสน", "หมื่น", "พัน", "ร้อย", "สิบ", "")


def heard(words: str) -> int:
    """Give the number that somebody writes down who hears these words, digit by digit."""
    *millions, rest = words.split("ล้าน")
    number = 0
    for part in millions:
        number = (number + hundred_thousands(part)) * 10**6
    return number + hundred_thousands(rest)


def hundred_thousands(words: str) -> int:
    digits = ""
    for ten in TENS:
        said, found, behind = words.partition(ten) if ten else (words, "-", "")
        if found:
            digits, words = digits + str(SAID[said] if said else int(bool(ten))), behind
        else:
            digits += "0"
    return int(digits)


def test_500_amounts_of_up_to_18_digits_are_heard_as_they_were_meant() -> None:
    amounts = random.Random(2569)
    numbers = [amounts.randrange(1, 10 ** amounts.randrange(1, 19)) for _ in range(500)]
    assert sum(number >= 10**12 for number in numbers) > 100
    for number in numbers:
        words = baht_words(Decimal(number))
        assert heard(words.removesuffix("บาทถ้วน")) == number, words


# ---------------------------------------------------------------- meeting numbers


@pytest.mark.parametrize(
    ("written", "number", "printed"),
    [
        ("1/2567", MeetingNumber(None, 1, 2567), "1/2567"),
        ("๑/๒๕๖๗", MeetingNumber(None, 1, 2567), "1/2567"),
        ("ครั้งที่ 01 / 2567", MeetingNumber(None, 1, 2567), "1/2567"),
        ("70-5/2556", MeetingNumber(70, 5, 2556), "70-5/2556"),
        ("49", MeetingNumber(49), "49"),
    ],
)
def test_reads_a_meeting_number(written: str, number: MeetingNumber, printed: str) -> None:
    assert parse_number(written) == number
    assert str(number) == printed


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "D06"),
        ("แรก", "D06"),
        ("0/2567", "D06"),
        ("70-5", "D06"),
        ("1/2/2567", "D06"),
        ("1/67", "D07"),
        ("1/2024", "D07"),
    ],
)
def test_refuses_what_is_no_meeting_number(written: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_number(written)
    assert code_of(caught) == code


@pytest.mark.parametrize(
    "in_order", [["2/2566", "1/2567", "10/2567"], ["9", "49", "100"], ["69-4/2556", "70-5/2556"]]
)
def test_meeting_numbers_sort_as_numbers(in_order: list[str]) -> None:
    assert sorted(in_order, key=lambda text: parse_number(text).order) == in_order


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("นายเอก ยังอภัย ณ สงขลา", Name("นาย", "เอก", "ยังอภัย ณ สงขลา"), "นายเอก ยังอภัย ณ สงขลา"),
        ("นาย สมชาย  ใจดี", Name("นาย", "สมชาย", "ใจดี"), "นายสมชาย ใจดี"),
        ("นายกิตติ ใจดี", Name("นาย", "กิตติ", "ใจดี"), "นายกิตติ ใจดี"),
        ("นางสาวตัวอย่าง ที่แปด", Name("นางสาว", "ตัวอย่าง", "ที่แปด"), "นางสาวตัวอย่าง ที่แปด"),
        ("ดร. สมเชาวน์ ใจดี", Name("ดร.", "สมเชาวน์", "ใจดี"), "ดร.สมเชาวน์ ใจดี"),
        ("พ.ต.อ.อรุณ ใจดี", Name("พ.ต.อ.", "อรุณ", "ใจดี"), "พ.ต.อ. อรุณ ใจดี"),
        ("พันโทสุชาดา ใจดี", Name("พันโท", "สุชาดา", "ใจดี"), "พันโท สุชาดา ใจดี"),
        ("นายกองเอก สมชาย ใจดี", Name("นายกองเอก", "สมชาย", "ใจดี"), "นายกองเอก สมชาย ใจดี"),
        ("ว่าที่ร.ต.สมชาย ใจดี", Name("ว่าที่ ร.ต.", "สมชาย", "ใจดี"), "ว่าที่ ร.ต. สมชาย ใจดี"),
        (
            "ว่าที่ ร้อยตรีสมชาย ใจดี",
            Name("ว่าที่ร้อยตรี", "สมชาย", "ใจดี"),
            "ว่าที่ร้อยตรี สมชาย ใจดี",
        ),
        ("พันเอก(พิเศษ) สมชาย ใจดี", Name("พันเอก (พิเศษ)", "สมชาย", "ใจดี"), "พันเอก (พิเศษ) สมชาย ใจดี"),
        (
            "รศ.พ.ท.ดร.สุชาดา ทำความดี",
            Name("รศ. พ.ท. ดร.", "สุชาดา", "ทำความดี"),
            "รศ. พ.ท. ดร.สุชาดา ทำความดี",
        ),
        (
            "รศ. ร.ท.หญิง สุชาดา ทำดี",
            Name("รศ. ร.ท.หญิง", "สุชาดา", "ทำดี"),
            "รศ. ร.ท.หญิง สุชาดา ทำดี",
        ),
        ("หม่อมหลวง สมชาย ใจดี", Name("หม่อมหลวง", "สมชาย", "ใจดี"), "หม่อมหลวงสมชาย ใจดี"),
        ("พระมหาสมชาย ฐานวโร", Name("พระมหา", "สมชาย", "ฐานวโร"), "พระมหาสมชาย ฐานวโร"),
        ("พระครูโสภณธรรม", Name("พระครู", "โสภณธรรม", ""), "พระครูโสภณธรรม"),
        ("สมชาย ณ อยุธยา", Name("", "สมชาย", "ณ อยุธยา"), "สมชาย ณ อยุธยา"),
        ("Mr. John  Smith", Name("Mr.", "John", "Smith"), "Mr. John Smith"),
        ("นายอำเภอตัวอย่าง", Name("", "นายอำเภอตัวอย่าง", ""), "นายอำเภอตัวอย่าง"),
        ("ผู้แทน  (ตำบลละ 2 คน)", Name("", "ผู้แทน  (ตำบลละ 2 คน)", ""), "ผู้แทน  (ตำบลละ 2 คน)"),
        ("นาย", Name("", "นาย", ""), "นาย"),
    ],
)
def test_takes_a_name_apart_and_spaces_it(written: str, name: Name, shown: str) -> None:
    assert thai_names.split_name(written) == name
    assert thai_names.display_name(written) == shown
    assert thai_names.display_name(shown) == shown


@given(THAI_TEXT)
def test_a_name_loses_no_letter(text: str) -> None:
    assert thai_names.display_name(text).split() == text.split() or "".join(
        thai_names.display_name(text).split()
    ) == "".join(text.split())


@pytest.mark.parametrize(
    ("name", "monk"),
    [
        ("พระมหาสมชาย ฐานวโร", True),
        ("พระครูโสภณธรรม", True),
        ("พระสงฆ์ 5 รูป", True),
        ("นายพระพาย ใจดี", False),
        ("พระเจ้าวรวงศ์เธอ", False),
        ("สมเด็จพระเจ้าลูกเธอ", False),
        ("สมเด็จพระพุฒาจารย์", True),
    ],
)
def test_knows_a_monk(name: str, monk: bool) -> None:
    assert thai_names.is_monk(name) == monk


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ([], "0 คน"),
        (["นายก ข", "นางค ง"], "2 คน"),
        (["พระก", "พระข"], "2 รูป"),
        (["พระก", "นายก ข", "ผู้แทนชุมชน ๒๐ คน"], "1 รูป 21 คน"),
        (["พระสงฆ์ 5 รูป และประชาชน 1,200 คน"], "5 รูป 1200 คน"),
        (["ผู้แทนตำบลละ 2 คน"], "1 คน"),
    ],
)
def test_counts_people_and_monks(names: list[str], count: str) -> None:
    assert thai_names.counter(names) == count


def test_sorts_as_a_dictionary_does() -> None:
    words = ["กาล", "เกิด", "ไก่", "เป็ด", "วันที่", "วัว", "หมู"]
    shuffled = sorted(words)
    assert shuffled != words
    assert sorted(shuffled, key=thai_names.sort_key) == words


# ---------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "เมื่อวันอังคารที่ ๑๘ มิถุนายน ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ห้องประชุมชั้น ๒",
            ["วันอังคารที่ ๑๘ มิถุนายน ๒๕๖๗", "เวลา ๐๙.๓๐ น.", "ณ ห้องประชุม", "ชั้น ๒"],
        ),
        ("ระหว่าง 12 - 16 ธันวาคม 2569", ["12 -", "16 ธันวาคม 2569"]),
        ("วันที่8,13 พฤษภาคม 2567", ["วันที่8,13 พฤษภาคม 2567"]),
        ("๑๕-๑๖ พ.ค. ๒๕๖๗ ๑๕–๒๔ คน", ["๑๕-๑๖ พ.ค. ๒๕๖๗", "๑๕–๒๔ คน"]),
        ("14 พฤษภาคม พ.ศ. 2567", ["14 พฤษภาคม พ.ศ. 2567"]),
        ("ประจำเดือนมกราคม ๒๕๖๘", ["มกราคม ๒๕๖๘"]),
        ("เวลา 09.00 - 12.00 น.", ["เวลา 09.00 -", "12.00 น."]),
        ("๐๙.๔๖ นาฬิกา", ["๐๙.๔๖ นาฬิกา"]),
        ("80 คนเข้าร่วม ๑๕ ราย ๒๗ ล้านบาท ๕ แสน", ["80 คน", "๑๕ ราย", "๒๗ ล้านบาท", "๕ แสน"]),
        ("15 รายการ 5 รูปี 3 ข้อมูล", ["15 รายการ"]),
        ("ร้อยละ ๘๐ หรือ ๘๐ %", ["ร้อยละ ๘๐", "๘๐ %"]),
        ("พ.ศ. ๒๕๖๗ ปี 2567 คณะ 2567 คณะ 2500 บาท", ["พ.ศ. ๒๕๖๗", "ปี 2567", "2500 บาท"]),
        ("ครั้งที่ ๑/๒๕๖๗ หมู่ที่ ๕ ข้อ ๕.๒", ["ครั้งที่ ๑/๒๕๖๗", "หมู่ที่ ๕", "ข้อ ๕.๒"]),
        ("หมู่ที่ ๑ - ๕ ตำบล", ["หมู่ที่ ๑ -"]),
        ("พื้นที่ 5 ไร่ ล่วงหน้า 3 วัน หัวข้อ 5 ก", ["5 ไร่", "3 วัน"]),
        ("โทร. ๐ ๗๔๒๕ ๑๒๓๔ ต่อ", ["โทร. ๐ ๗๔๒๕ ๑๒๓๔"]),
        ("ได้แก่ 1) ปลากรอบ 2. อาหาร", ["1) ปลากรอบ", "2. อาหาร"]),
        ("(ประมาณ 15) แล้ว", []),
        ("เรื่องอื่น ๆ กลุ่มต่างๆ ค่อย ๆ", ["อื่น ๆ", "ต่างๆ", "ค่อย ๆ"]),
        ("การดำเนินการของประชาชน ๆ", ["ประชาชน ๆ"]),
        ("ที่ประชุมฯ รับทราบ ควาย ฯลฯ", ["ประชุมฯ", "ควาย ฯลฯ"]),
        ("เรียน ฯพณฯ นายก", ["ฯพณฯ"]),
        ("ๆ", []),
        ("ข\nๆ", ["ๆ"]),
        ("โดยมีนายสมชาย ใจดี แจ้ง", ["นายสมชาย", "ใจดี"]),
        ("พ.ต.อ. อรุณ ณ อยุธยา", ["พ.ต.อ. อรุณ", "ณ อยุธยา"]),
        ("เป็นนายอำเภอ แจ้งว่า ทนายความ อาสา", []),
        ("(e-bidding) (อปท.) COVID-19 N 406 ก", ["(e-bidding)", "(อปท.)", "COVID-19", "N 406"]),
        ("ตามพ.ร.บ. นี้ หจก.ยอดรส", ["ตามพ.ร.บ.", "หจก.ยอดรส"]),
        ("“ ผ้าไทยใส่ให้สนุก ” , แล้ว", ["“ ผ้า", "สนุก ” ,"]),
        ("( ก ) “ข ค” OTOP ,", ["( ก )", "“ข", "OTOP ,"]),
        ('ว่า " ก ข " และ "ค"', ['" ก', 'ข "']),
        ('ณ "ก"', ['ณ "ก']),
        ("ตามความในพ.ร.บ. นี้ กม.5", ["พ.ร.บ.", "กม.5"]),
        ("“ ๑๕”", ["“ ๑๕”"]),
        ("( \n", []),
        ("ณ สถานีตำรวจภูธรตัวอย่าง", ["ณ สถานี"]),
        ("อำเภอหาดใหญ่ เจ้าฟ้าตัวอย่าง", ["อำเภอหาดใหญ่", "เจ้าฟ้าตัวอย่าง"]),
    ],
)
def test_holds_together_what_no_line_may_tear(text: str, expected: list[str]) -> None:
    assert held(text) == expected
    converted = thai_digits.to_thai_digits(text)
    assert units.units(converted) == units.units(text) or "N 406" in text or "COVID" in text


def test_holds_terms_of_the_glossary() -> None:
    assert held("งาน OTOP Today ที่หาดใหญ่", ["OTOP Today", "หาดใหญ่"]) == ["OTOP Today", "หาดใหญ่"]


def test_holds_known_persons_whole() -> None:
    names = ["นาย เอก ยังอภัย ณ สงขลา", "พระครูโสภณธรรม", "หัวหน้าส่วนราชการทุกแห่งในจังหวัด ทั้งหมด"]
    text = "นายเอก ยังอภัย ณ สงขลา และ เอก ยังอภัย ณ สงขลา นมัสการพระครูโสภณธรรม"
    assert held(text, [], names) == [
        "นายเอก ยังอภัย ณ สงขลา",
        "เอก ยังอภัย ณ สงขลา",
        "พระครูโสภณธรรม",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("รวม ๘,๒๓๐,๑๕๐.๒๕ บาท -1,250", ["๘,๒๓๐,๑๕๐.๒๕", "-1,250"]),
        ("จำนวน๑๒๓บาท (๕๐%)", ["๑๒๓", "(๕๐%)"]),
        ("๓๐ ก.ย. ๖๙ ๑๔ พฤศจิกายน ๒๕๖๙", ["๓๐ ก.ย. ๖๙", "๑๔ พฤศจิกายน ๒๕๖๙"]),
        ("สิงหาคม ๒๕๖๙ ธ.ค. 69 และ ก.ย.", ["สิงหาคม ๒๕๖๙", "ธ.ค. 69"]),
        ("27/11/2569 ๑๕-๑๖ พ.ค. ๒๕๖๗", ["27/11/2569", "๑๕-๑๖ พ.ค. ๒๕๖๗"]),
        ("๐๙.๓๐ น. นาย", ["๐๙.๓๐ น."]),
        ("ครั้งที่ ๑/๒๕๖๙ ปี๒๕๖๙", ["๑/๒๕๖๙", "๒๕๖๙"]),
        ("กข-1234/ว๕ TH-2569-0001-ABC", ["กข-1234/ว๕", "TH-2569-0001-ABC"]),
        ("โทร. ๐ ๒๓๔๕ ๖๗๘๙ 1 2345 67890 12 3", ["๐ ๒๓๔๕ ๖๗๘๙", "1 2345 67890 12 3"]),
        ("https://www.example.go.th/2569/1 a1@example.go.th 5", ["5"]),
        ("ไม่มี (บาท) ABC", []),
    ],
)
def test_a_figure_is_all_that_would_be_misread_in_two_lines(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in units.figures(text)] == expected
    converted = thai_digits.to_thai_digits(text)
    assert "http" in text or len(units.figures(converted)) == len(expected)


@given(THAI_TEXT)
def test_every_digit_stands_in_a_figure(text: str) -> None:
    spans = units.figures(text)
    inside = {place for start, end in spans for place in range(start, end)}
    digits = {place for place, letter in enumerate(text) if letter in "๑๒15"}
    assert digits <= inside
    assert spans == sorted(spans)


def test_holds_nothing_that_is_longer_than_a_line() -> None:
    text = "วันอังคารที่ ๑๘ มิถุนายน ๒๕๖๗ ๘๐ คน"
    assert held(text, longest=20) == ["มิถุนายน ๒๕๖๗", "๘๐ คน"]
    assert held("ก ) ) )", longest=4) == ["ก )", ") )"]


@given(THAI_TEXT)
def test_units_are_in_order_and_apart(text: str) -> None:
    spans = units.units(text)
    ends = [0]
    for start, end in spans:
        assert ends[-1] <= start < end <= len(text)
        assert "\n" not in text[start:end]
        ends.append(end)


@given(THAI_TEXT)
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str) -> None:
    text = " ".join(text.split())
    spans = units.units(text, longest=1000)
    for place, letter in enumerate(text):
        if letter != " " or place == 0:
            continue
        wrong = text[place + 1] in ")”ๆฯ," or text[place - 1] in "(“"
        torn = not any(start <= place < end for start, end in spans)
        assert not (wrong and torn), (text, place)


@pytest.mark.parametrize(
    "piece",
    ["1 ", "กๆ", " ,", "( ", "นายสมชาย ", "a", "a_", "1-", "ณ ", '" ', " ", "พ.ต.", "14 พ.ค. "],
)
def test_long_texts_take_work_in_proportion(piece: str) -> None:
    def work(size: int) -> None:
        text = piece * (size // len(piece))
        units.units(text)
        units.figures(text)
        thai_digits.digits(text, "thai")
        thai_digits.strip_invisible(text)

    assert_in_proportion(work, 100_000)


def test_a_long_text_of_many_words_takes_work_in_proportion() -> None:
    words = ["นายอำเภอ", "การประชุม", "ๆ", "ดำเนินการ", "ประเทศ", " ", " ๆ", "๑๕ คน", "(", ") "]
    text = "".join(random.Random(1).choices(words, k=20_000))
    assert_in_proportion(lambda size: units.units(text[:size]), len(text))


def test_pythainlp_stays_offline_and_is_not_loaded_before_its_use() -> None:
    program = (
        "import sys, os, datetime\n"
        "from minutes.thai import dates\n"
        "assert not any(name.startswith('pythainlp') for name in sys.modules)\n"
        "dates.date_text(datetime.date(2024, 5, 14))\n"
        "assert 'pythainlp' in sys.modules\n"
        "assert os.environ['PYTHAINLP_OFFLINE'] == os.environ['PYTHAINLP_READ_ONLY'] == '1'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
