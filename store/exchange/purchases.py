"""Purchase files: opened, understood and read row by row.

Owns which headings say who bought what, when and for how much. Nothing is
matched or written here; a row without a day or an amount is rejected, never
guessed, because sums are made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from rules.plain_text import NAME_LIMIT, keep
from rules.wording import N_, Sentence, sentence
from store.exchange.cell_values import (
    clean,
    day_in,
    full_number,
    is_total,
    lost_digits,
    phones_in,
)
from store.exchange.contact_rows import RejectedRow
from store.exchange.day_order import DayOrders, Decided
from store.exchange.error_cells import error_cells, left_out, not_taken
from store.exchange.faults import FileRefused
from store.exchange.headings import HEADING_ROWS, heading_key, shown_headings
from store.exchange.money import currency_called, money_in
from store.exchange.tables import Table, TableRow, open_readings


class PurchaseField(StrEnum):
    """What a column can tell of a purchase."""

    EXTERNAL_ID = "external_id"
    HANDLE = "handle"
    PHONE = "phone"
    NAME = "name"
    EMAIL = "email"
    DAY = "day"
    AMOUNT = "amount"
    CURRENCY = "currency"
    PRODUCT = "product"
    ORDER = "order"


KEYS = (
    PurchaseField.EXTERNAL_ID,
    PurchaseField.HANDLE,
    PurchaseField.PHONE,
    PurchaseField.NAME,
    PurchaseField.EMAIL,
)
"""What says who bought; an address alone is not enough."""
_NEEDED = (PurchaseField.DAY, PurchaseField.AMOUNT, PurchaseField.CURRENCY)
_ACCEPTED: Mapping[PurchaseField, str] = {
    PurchaseField.EXTERNAL_ID: "externaluserid unionid userid 外部联系人id 客户id 客户编号 会员id"
    " contactid customerid contact",
    PurchaseField.HANDLE: "微信号 微信 微信id 客户微信 wechat wechatid whatsapp lineid",
    PurchaseField.PHONE: "手机号 手机号码 手机 客户手机 会员手机 收货人手机 收货人手机号 联系手机"
    " 电话 联系电话 收货人电话 客户电话 电话号码 phone mobile phonenumber mobilephone tel telephone"
    " billingphone shippingphone",
    PurchaseField.NAME: "客户姓名 客户名称 客户 姓名 会员姓名 会员 买家 买家姓名 买家昵称 收货人"
    " 收货人姓名 收件人 昵称 联系人 name fullname customer customername buyer buyername"
    " billingname shippingname",
    PurchaseField.EMAIL: "邮箱 电子邮箱 客户邮箱 email emailaddress customeremail",
    PurchaseField.DAY: "购买日期 购买时间 下单日期 下单时间 订单日期 订单时间 订单创建时间 付款日期"
    " 付款时间 订单付款时间 支付时间 支付日期 成交日期 成交时间 交易日期 交易时间 消费时间 消费日期"
    " 日期 时间 date purchasedate purchasedat orderdate paidat paymentdate createdat created",
    PurchaseField.AMOUNT: "实付金额 实付款 实付 实收金额 买家实付金额 买家实际支付金额 支付金额"
    " 付款金额 成交金额 订单金额 订单总价 交易金额 消费金额 总金额 总价 金额 价格 amount"
    " amountpaid totalamount ordertotal total paid price value",
    PurchaseField.CURRENCY: "币种 货币 currency",
    PurchaseField.PRODUCT: "商品名称 商品 商品标题 宝贝标题 产品名称 产品 品名 课程 课程名称 项目"
    " product productname item itemname lineitemname title",
    PurchaseField.ORDER: "订单号 订单编号 订单id 主订单编号 单号 交易单号 商户订单号"
    " order orderid orderno ordernumber ordernum orderref",
}
_BY_KEY = {
    key: (rank, each)
    for each, accepted in _ACCEPTED.items()
    for rank, key in enumerate(accepted.split())
}


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """A purchase as the file tells of it."""

    line: int
    buyer: Mapping[str, str]
    """What is known of who bought, by the name of the profile's field; never empty."""
    day: int
    """Day number."""
    amount: int
    """Minor units; below zero for money given back."""
    currency: str
    product: str
    order: str
    cells: tuple[str, ...]
    notes: tuple[Sentence, ...] = ()
    """What of the row could not be taken, or was read in the light of other rows."""


@dataclass(frozen=True, slots=True)
class PurchaseFile:
    """A file whose headings are understood."""

    table: Table
    line: int
    """Where the headings stand."""
    headings: tuple[str, ...]
    columns: Mapping[PurchaseField, int]
    day_orders: DayOrders = field(default_factory=DayOrders, compare=False)

    @property
    def path(self) -> Path:
        return self.table.path

    @property
    def digest(self) -> str:
        return self.table.digest

    @property
    def size_hint(self) -> int:
        return self.table.size_hint

    def rows(self) -> Iterator[PurchaseRow | RejectedRow]:
        """The rows in the file's order, empty ones and totals left out; raises `FileRefused`."""
        heading: tuple[str, ...] = ()
        decided: set[Decided] = set()
        for row in self.table.rows():
            if row.line == self.line:
                heading = row.cells
            elif row.line > self.line and row.cells != heading:
                found = self._read(row, decided)
                if found is not None:
                    yield found

    def _read(self, row: TableRow, decided: set[Decided]) -> PurchaseRow | RejectedRow | None:
        """One row; `decided` holds what was said already of how days are written."""
        cells = [clean(cell) for cell in row.cells]
        if not any(cells) or is_total(cells):
            return None
        cells.extend([""] * (len(self.headings) - len(cells)))
        told = {each: cells[index] for each, index in self.columns.items() if cells[index]}
        buyer = _buyer(told)
        errors = [pair for pair in error_cells(row.cells, len(cells)) if pair[0] in self._taken]
        currency = told.get(PurchaseField.CURRENCY, "")
        money = money_in(told.get(PurchaseField.AMOUNT, ""), currency)
        day, notes = self._day(told.get(PurchaseField.DAY, ""), decided)
        fault = self._needed(errors, buyer) or self._fault(cells, told, buyer)
        if fault is not None or money is None or day is None:
            told_fault = fault or _unread(told, currency, no_day=day is None)
            return RejectedRow(row.line, told_fault, row.cells)
        return PurchaseRow(
            row.line,
            buyer,
            day,
            *money,
            keep(told.get(PurchaseField.PRODUCT, ""), NAME_LIMIT),
            keep(full_number(told.get(PurchaseField.ORDER, "")), NAME_LIMIT),
            row.cells,
            (*notes, *(left_out(value, self.headings[index]) for index, value in errors)),
        )

    @property
    def _taken(self) -> Collection[int]:
        """The columns that tell something."""
        return self.columns.values()

    def _day(self, text: str, decided: set[Decided]) -> tuple[int | None, tuple[Sentence, ...]]:
        """The day that a cell tells; and how it was read, where other rows decided that."""
        day, index = day_in(text), self.columns[PurchaseField.DAY]
        if (
            day is not None
            or (found := self.day_orders.day(self.table, self.line, index, text)) is None
        ):
            return day, ()
        day, how = found
        if how in decided:
            return day, ()
        decided.add(how)
        return day, (how.told(text, self.headings[index]),)

    def _needed(
        self, errors: Sequence[tuple[int, str]], buyer: Mapping[str, str]
    ) -> Sentence | None:
        """Why a row is not taken whose day, amount or buyer is an error.

        Nor is one whose currency is: yuan are not guessed.
        """
        needed = [self.columns.get(each) for each in _NEEDED]
        if not buyer:
            needed += [self.columns.get(each) for each in KEYS]
        return next((not_taken(v, self.headings[i]) for i, v in errors if i in needed), None)

    def _fault(
        self, cells: Sequence[str], told: Mapping[PurchaseField, str], buyer: Mapping[str, str]
    ) -> Sentence | None:
        beyond = sum(1 for cell in cells[len(self.headings) :] if cell)
        if beyond:
            return sentence(
                N_("{count} cells more than headings: a delimiter or a quotation mark is missing"),
                count=beyond,
            )
        for each in (PurchaseField.PHONE, PurchaseField.ORDER, PurchaseField.EXTERNAL_ID):
            if lost_digits(told.get(each, ""), only_as_excel_writes=each is not KEYS[2]):
                return sentence(
                    N_(
                        "{value} under {heading} has lost digits: format that column as text"
                        " in the program the file comes from, and save again"
                    ),
                    value=keep(told[each]),
                    heading=self.headings[self.columns[each]],
                )
        return None if buyer else sentence(N_("nothing says who bought: no id, phone or name"))


def _buyer(told: Mapping[PurchaseField, str]) -> dict[str, str]:
    buyer = {str(key): keep(full_number(told[key])) for key in KEYS if key in told}
    if "phone" in buyer:
        buyer["phone"] = next(iter(phones_in(buyer["phone"])), "")
    return {name: value for name, value in buyer.items() if value}


def _unread(told: Mapping[PurchaseField, str], currency: str, *, no_day: bool) -> Sentence:
    """Why a row cannot be added up: its day, its currency or its amount."""
    if no_day:
        day = keep(told.get(PurchaseField.DAY, ""))
        return sentence(N_('"{value}" is no date: write it as 2026-03-02'), value=day)
    if currency_called(currency) is None:
        return sentence(N_('"{value}" is no currency: write its code, as USD'), value=currency)
    amount = keep(told.get(PurchaseField.AMOUNT, ""))
    return sentence(N_('"{value}" is no amount of money: write it as 1299.00'), value=amount)


def open_purchases(path: Path, encoding: str = "", sheet: str = "") -> PurchaseFile:
    """Understands a file of purchases. Raises `FileRefused`, with what is missing."""
    found = [
        file
        for table in open_readings(path, encoding, sheet)
        for row in table.head(HEADING_ROWS)
        if (file := _understood(table, row)) is not None
    ]
    if not found:
        raise FileRefused(
            path,
            N_("{file} is no list of purchases: it needs columns for who, when and how much."),
            N_("Accepted headings are {accepted} and others like them."),
            accepted="手机号, 客户姓名, 微信号, 购买日期, 实付金额, phone, name, date, amount",
        )
    return max(found, key=lambda file: len(file.columns))


def _understood(table: Table, row: TableRow) -> PurchaseFile | None:
    """The table under this row as headings; None when they are not enough."""
    best: dict[PurchaseField, tuple[int, int]] = {}
    for index, cell in enumerate(row.cells):
        known = _BY_KEY.get(heading_key(cell))
        if known is not None and (known[1] not in best or known[0] < best[known[1]][0]):
            best[known[1]] = (known[0], index)
    columns = {each: index for each, (_rank, index) in best.items()}
    enough = {PurchaseField.DAY, PurchaseField.AMOUNT} <= columns.keys()
    if not enough or columns.keys().isdisjoint(KEYS[:-1]):
        return None
    return PurchaseFile(table, row.line, shown_headings(row), columns)
