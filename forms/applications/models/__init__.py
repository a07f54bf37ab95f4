"""What people sent in, and what becomes of it."""

from .answer_template import AnswerTemplate
from .application import Application, Channel, LegalStatus, Urgency
from .dialogue import Correction, Inquiry, Message, StaffReason
from .draft import Draft
from .entry import Call, Entry
from .finding import Answer, Label, Labelling, Question, SearchDoc
from .form_count import FormCount
from .guesses import CodeTry
from .journal_entry import JournalEntry
from .notes import Mention, Note, UnsentText
from .office import JournalSeal, OfficeEntry
from .pending_move import PendingMove
from .person_key import PersonKey
from .presence import Absence, LetterKind, Reminded, StaffLetters, Told
from .sheet import Sheet
from .staff import StaffChange, StaffSheet
from .tally import Tally, TallyKind
from .team import Team
from .trial import Trial
from .upload import Upload

__all__ = [
    "Absence",
    "Answer",
    "AnswerTemplate",
    "Application",
    "Call",
    "Channel",
    "CodeTry",
    "Correction",
    "Draft",
    "Entry",
    "FormCount",
    "Inquiry",
    "JournalEntry",
    "JournalSeal",
    "Label",
    "Labelling",
    "LegalStatus",
    "LetterKind",
    "Mention",
    "Message",
    "Note",
    "OfficeEntry",
    "PendingMove",
    "PersonKey",
    "Question",
    "Reminded",
    "SearchDoc",
    "Sheet",
    "StaffChange",
    "StaffLetters",
    "StaffReason",
    "StaffSheet",
    "Tally",
    "TallyKind",
    "Team",
    "Told",
    "Trial",
    "UnsentText",
    "Upload",
    "Urgency",
]
