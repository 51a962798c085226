"""What the customers of the demo bought: a contract each, and now and then something more.

Its lots are its own, so that the story of the messages is the same with it and without.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from rules.timing import date_of
from store.bought import Deal
from tui.demo.material import Material

TRIED = 0.4
"""Share of those about to buy who paid for a trial already."""
UNTIL_CONTRACT = (2, 12)
"""Days between the file that brought a customer and the contract."""
BETWEEN = (12, 40)
"""Days between a customer's purchases."""
MOST_MORE = 3
"""Purchases after the contract, at most."""
TOGETHER = (1, 1, 1, 2, 3)
"""How many of one thing are bought together."""


@dataclass(order=True)
class Sale:
    """Something that a contact will buy or sign."""

    day: int
    number: int
    """Keeps sales of one day in the order in which they were drawn."""
    contact: int = field(compare=False)
    deal: Deal = field(compare=False)
    contract: bool = field(compare=False)


@dataclass
class Sales:
    """All sales that are still to come."""

    material: Material
    rng: Random
    coming: list[Sale] = field(default_factory=list)
    """A heap."""
    drawn: int = 0

    def expect(self, contact: int, stage: str, day: int) -> None:
        """Draws what somebody who came on a day, in a stage, will buy."""
        if stage == self.material.stages["customer"]:
            day += self.rng.randint(*UNTIL_CONTRACT)
            self._draw(contact, day, contract=True)
            for _more in range(self.rng.randint(0, MOST_MORE)):
                day += self.rng.randint(*BETWEEN)
                self._draw(contact, day)
        elif stage == self.material.stages["sql"] and self.rng.random() < TRIED:
            self._draw(contact, day + self.rng.randint(*BETWEEN), offered=self.material.trials)

    def until(self, day: int) -> Iterable[Sale]:
        """The sales up to a day, each once."""
        while self.coming and self.coming[0].day <= day:
            yield heapq.heappop(self.coming)

    def _draw(
        self,
        contact: int,
        day: int,
        *,
        contract: bool = False,
        offered: tuple[tuple[str, int], ...] = (),
    ) -> None:
        material, self.drawn = self.material, self.drawn + 1
        choices = offered or (material.contracts if contract else material.products)
        place = self.rng.randrange(len(choices))
        many = 1 if contract or offered else self.rng.choice(TOGETHER)
        product, price = choices[place]
        order = f"{'HT' if contract else 'DD'}{date_of(day):%y%m%d}-{self.drawn:03}"
        told = f"{product} × {many}" if many > 1 else product
        deal = Deal(price * many * 100, material.currency, day, told, order)
        heapq.heappush(self.coming, Sale(day, self.drawn, contact, deal, contract))
