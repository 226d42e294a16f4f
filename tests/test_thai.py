import datetime

import pytest

from minutes import thai
from minutes.errors import Fault


@pytest.mark.parametrize(
    "written",
    [
        "14 พฤษภาคม 2567",
        "14 พ.ค. 67",
        "๑๔ พ.ค. ๒๕๖๗",
        "วันอังคารที่ 14 พฤษภาคม 2567",
        "14 พฤษภาคม พ.ศ. 2567",
        "2567-05-14",
        "2024-05-14",
        "14/5/2567",
    ],
)
def test_reads_a_date_as_people_write_it(written: str) -> None:
    assert thai.parse_date(written) == datetime.date(2024, 5, 14)


def test_names_the_right_weekday_of_a_wrong_one() -> None:
    with pytest.raises(Fault) as caught:
        thai.parse_date("วันพุธที่ 18 มิถุนายน 2567")
    assert caught.value.code == "D02"
