"""The words of the desk as types: reactions, statuses, forms, purposes, kinds of events.

The values are what is written to the log, to JSON and to SOP files, so they
are part of the file format: a value is never renamed, only added.
"""

from enum import StrEnum


class Reaction(StrEnum):
    """What a contact did with a touch. Silence is derived and never recorded."""

    FRIENDLY = "friendly"
    POSITIVE = "positive"
    EXPLORING = "exploring"
    REJECTING = "rejecting"
    LOST = "lost"


REACTION_KEYS: dict[str, Reaction] = {
    "1": Reaction.FRIENDLY,
    "2": Reaction.POSITIVE,
    "3": Reaction.EXPLORING,
    "4": Reaction.REJECTING,
    "0": Reaction.LOST,
}
"""The digit of each reaction, the same on the keyboard and on the command line."""


class Status(StrEnum):
    """Whether a contact may be written to at all."""

    ACTIVE = "active"
    PAUSED = "paused"
    """Rejected: every sequence waits until an operator resumes."""
    LOST = "lost"
    """Deleted the operator: nothing would arrive."""
    DO_NOT_CONTACT = "do_not_contact"
    """Asked to be left alone for good, or withdrew consent."""


class Form(StrEnum):
    """The second form that travels beside the text."""

    ARTICLE = "article"
    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"
    MINI_PROGRAM = "mini-program"
    LINK = "link"


class Purpose(StrEnum):
    """What a content is for; the arc runs function, effect, brand."""

    FUNCTION = "function"
    EFFECT = "effect"
    BRAND = "brand"
    SERVICE = "service"
    EVENT = "event"


class Kind(StrEnum):
    """What an event in the log says."""

    IMPORT = "import"
    """One imported file; the contacts of it answer to it by `ref`."""
    ADDED = "added"
    """A contact came onto the desk and entered a sequence."""
    PROFILE = "profile"
    """Fields of a contact's profile were changed."""
    TOUCH = "touch"
    """A scheduled message was sent and confirmed."""
    ANSWER = "answer"
    """A message to someone who wrote first; no touch, no credit."""
    REACTION = "reaction"
    NOTE = "note"
    SNOOZE = "snooze"
    REFUSED = "refused"
    """Do not contact, with the reason in the personal text."""
    RESUMED = "resumed"
    REPLAN = "replan"
    """What was decided when the SOP's steps changed; the contacts moved answer to it by `ref`."""
    PUBLISH = "publish"
    """Another version of the SOP took over; the contacts moved answer to it by `ref`."""
    EDITED = "edited"
    """Files of the SOP that were edited were taken up."""
    REASONED = "reasoned"
    """Why the SOP was changed, said afterwards; it answers to the change by `ref`."""
    SPREAD = "spread"
    """A backlog was spread over the coming days; the contacts moved answer to it by `ref`."""
    PLANNED = "planned"
    """A contact's step or due day was decided anew, as part of something larger."""
    KEYWORD = "keyword"
    """The contact replied with a keyword that a script asks for."""
    FOLLOWED_UP = "followed_up"
    """An entry of a list was dealt with."""
    PUT_OFF = "put_off"
    """An entry of a list was put off to a day."""
    STAGE = "stage"
    """The contact moved to another stage; the one before stands in the event's `stage`."""
    DECLINED = "declined"
    """A proposed move to another stage was not made."""
    ENTERING = "entering"
    """The desk put contacts into one interaction sequence; they answer to it by `ref`."""
    TURNS = "turns"
    """Plans gave way or another one went in front; the contacts answer to it by `ref`."""
    ENTERED = "entered"
    """A contact entered an interaction sequence."""
    RESTORED = "restored"
    """A backup was taken back; what is kept through it answers to this by `ref`."""
    CLEANED = "cleaned"
    """Several contacts were merged or paused in one go; they answer to it by `ref`."""
    MERGED = "merged"
    """Another contact is the same person: its history and file go on under this one."""
    KEPT_APART = "kept_apart"
    """Another contact looks like this one and is somebody else."""
    PAUSED = "paused"
    """Every sequence waits until an operator resumes; nobody refused."""
    PURCHASE = "purchase"
    """The contact bought something, on the event's `day`; `amount` in minor units."""
    CONTRACT = "contract"
    """The contact signed a contract, on the event's `day`; `amount` as of a purchase."""
    CORRECTED = "corrected"
    """How a purchase or contract really was; it answers to the first entry of it by `ref`."""
    CONSENT = "consent"
    """The contact agreed to be written to: since when and how stand in the personal text."""
    ERASED = "erased"
    """The contact's words were erased for good; salted hashes tell who must not come back."""
    UNDO = "undo"
    REDO = "redo"


PARTS = (
    Kind.ADDED,
    Kind.PROFILE,
    Kind.PLANNED,
    Kind.ENTERED,
    Kind.MERGED,
    Kind.PAUSED,
    Kind.PURCHASE,
)
"""Events that belong to another one by `ref`, and are undone with it."""

MONEY = (Kind.PURCHASE, Kind.CONTRACT, Kind.CORRECTED)
"""What tells of money: its `day` is the day of the deal, not of the entry."""

AUTOMATIC = (Kind.SPREAD, Kind.ENTERING, Kind.TURNS, Kind.RESTORED, Kind.ERASED)
"""What the key for undo passes by; the Undo screen shows it."""

NOTED = (Kind.EDITED, Kind.REASONED)
"""What only keeps a record: it is no step of an operator, and never undone."""


class Walked(StrEnum):
    """What makes a contact walk a sequence."""

    STAGE = "stage"
    """Being in one of its stages."""
    EVENT = "event"
    """A dated event or campaign: its steps stand before and after one day."""
    LOW_INTERACTION = "low_interaction"
    """Messages without an answer; it ends with the first good reaction."""
    RECALL = "recall"
    """Silence for long; it ends with the first good reaction."""


INTERACTIONS = (Walked.EVENT, Walked.LOW_INTERACTION, Walked.RECALL)
"""What a sequence file may name as its `kind`."""
FOR_THE_SILENT = (Walked.LOW_INTERACTION, Walked.RECALL)


class Split(StrEnum):
    """How the scripts of a content share its sends."""

    THOMPSON = "thompson"
    """The better a script does, the more often it is suggested."""
    FIXED = "fixed"
    """Evenly, for a plain comparison."""


class Channel(StrEnum):
    """Where a message travels."""

    WECHAT = "wechat"
    WECOM = "wecom"
    WHATSAPP = "whatsapp"
    LINE = "line"
    PHONE = "phone"
    EMAIL = "email"
