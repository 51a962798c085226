"""How contacts are addressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.naming import salutation


@pytest.mark.parametrize(
    ("name", "title", "called"),
    [
        pytest.param("张伟", "采购经理", "张经理", id="manager of something"),
        pytest.param("张伟", "总经理", "张总", id="general manager"),
        pytest.param("李芳", "董事长", "李总", id="chairman"),
        pytest.param("李芳", "CEO", "李总", id="CEO"),
        pytest.param("李芳", "中国区CEO", "李总", id="CEO of a region"),
        pytest.param("李芳", "副总裁", "李总", id="vice president"),
        pytest.param("李芳", "销售总监", "李总监", id="director"),
        pytest.param("王建国", "高级工程师", "王工", id="engineer"),
        pytest.param("王建国", "总工程师", "王总工", id="chief engineer"),
        pytest.param("王建国", "车间主任", "王主任", id="head of a workshop"),
        pytest.param("王建国", "副厂长", "王厂长", id="deputy head of a plant"),
        pytest.param("陈静", "语文老师", "陈老师", id="teacher"),
        pytest.param("陈静", "班主任", "陈老师", id="class teacher"),
        pytest.param("陈静", "副教授", "陈教授", id="professor"),
        pytest.param("欧阳娜娜", "采购经理", "欧阳经理", id="compound surname of four"),
        pytest.param("诸葛亮", "总监", "诸葛总监", id="compound surname of three"),
        pytest.param("上官", "经理", "上官经理", id="compound surname alone"),
        pytest.param("陳靜", "總經理", "陳總", id="traditional"),
        pytest.param("張偉", "採購經理", "張經理", id="traditional manager"),
        pytest.param("张伟", "采购经理（华东）", "张经理", id="region in brackets"),
        pytest.param("张伟", "法人/总经理", "张总", id="two titles"),
        pytest.param("张伟", "股东、厂长", "张厂长", id="the first title without a short"),
        pytest.param("张伟", "Purchasing Manager", "张经理", id="English title"),
        pytest.param("张 伟", "厂长", "张厂长", id="blank in the name"),
        pytest.param(" 张伟 ", "", "张伟", id="no title: the full name"),
        pytest.param("张伟", "采购员", "张伟", id="a title without a short"),
        pytest.param("张伟", "总经理助理", "张伟", id="assistants are not what they assist"),
        pytest.param("张伟", "CEO助理", "张伟", id="assistant of a CEO"),
        pytest.param("Wei Zhang", "采购经理", "Wei Zhang", id="Latin name"),
        pytest.param("小明", "采购经理", "小明", id="nickname without a surname"),
        pytest.param("云淡风轻", "采购经理", "云淡风轻", id="nickname of four"),
        pytest.param("高高兴兴", "采购经理", "高高兴兴", id="nickname that begins like a surname"),
        pytest.param("张开心每一天", "采购经理", "张开心每一天", id="too long for a name"),
        pytest.param("张", "采购经理", "张", id="one character"),
        pytest.param("张伟😀", "采购经理", "张伟😀", id="emoji"),
        pytest.param("张Sir", "采购经理", "张Sir", id="mixed"),
        pytest.param("阿卜杜拉·买买提", "经理", "阿卜杜拉·买买提", id="name with a dot"),
        pytest.param("王总", "采购经理", "王总", id="titled already"),
        pytest.param("李老师", "教师", "李老师", id="titled already as a teacher"),
        pytest.param("", "采购经理", "", id="no name"),
    ],
)
def test_salutation(name: str, title: str, called: str) -> None:
    assert salutation(name, title) == called


@given(st.text(max_size=8), st.text(max_size=8))
def test_salutation_is_empty_only_without_a_name(name: str, title: str) -> None:
    assert bool(salutation(name, title)) is bool(name.strip())
