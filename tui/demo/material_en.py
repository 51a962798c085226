"""The demo desk in English: people of invented European plants."""

from __future__ import annotations

from tui.demo.material import Material

ENGLISH = Material(
    families=(
        *("Keller", "Novak", "Rossi", "Jansen", "Dubois", "Murphy", "Schmidt", "Kowalska", "Silva"),
        *("Andersen", "Lindqvist", "Moreau", "Fischer", "Bakker", "O'Connor", "Hughes", "Weber"),
        *("Ferrari", "Costa", "Nowak", "Horvath", "Walker", "Bennett", "Schneider", "García"),
        *("Martínez", "Larsen", "Virtanen", "Petrov", "Müller", "Clarke", "Evans", "van Dijk"),
        *("Lefèvre", "Bianchi", "Huber", "Popescu", "Dvořák", "Nilsson", "Turner"),
    ),
    given=(
        *("Anna", "Marco", "Sophie", "Jan", "Laura", "Peter", "Eva", "Lukas", "Claire", "Tom"),
        *("Ingrid", "Paul", "Marta", "Erik", "Nina", "David", "Elena", "Stefan", "Julia", "Mark"),
        *("Hanna", "Pierre", "Katarzyna", "Miguel", "Emma", "Oliver", "Sara", "Jonas", "Rachel"),
        *("Andrea", "Thomas", "Lucía", "Karl", "Megan", "Niels", "Ewa", "Simon", "Chiara"),
        *("Tomáš", "Helen"),
    ),
    name_form="{given} {family}",
    remark_form="{name} - {short}",
    phone_form="+44 7700 900{number:03}",
    nameless=("WhatsApp user", "WhatsApp user 80417", "user 3362917"),
    awkward=(
        "Sunny 🌈",
        "小李 Lee",
        "[Lucy] from the fair",
        "👨‍👩‍👧 The Harpers",
        "Maximilian-Alexander von Hohenfels-Birkenstein (please call, I rarely read messages)",
        "J.",
        "info / planning dept",
        "Bob <workshop>",
        "-",
        "coffee first ☕☕",
    ),
    companies={
        "Northgate Precision Ltd": "Northgate",
        "Keldmark Tooling GmbH": "Keldmark",
        "Rovello Valvole Srl": "Rovello",
        "Ostrava Form s.r.o.": "Ostrava Form",
        "Halvorsen Castings AS": "Halvorsen",
        "Bramblewick Joinery Ltd": "Bramblewick",
        "Delacourt Plastiques SA": "Delacourt",
        "Vandermolen Sheet Metal BV": "Vandermolen",
        "Tarnowice Gears Sp. z o.o.": "Tarnowice",
        "Linnea Ljus AB": "Linnea",
        "Quintaval Moldes Lda": "Quintaval",
        "Sierra Clara Envases SL": "Sierra Clara",
        "Ashcombe Bearings Ltd": "Ashcombe",
        "Feldbrunn Medizintechnik GmbH": "Feldbrunn",
        "Corrigan Pumps Ltd": "Corrigan",
        "Montferrand Textiles SAS": "Montferrand",
        "Kallavesi Electronics Oy": "Kallavesi",
        "Pennyfield Packaging Ltd": "Pennyfield",
        "Dravabor Furniture d.o.o.": "Dravabor",
        "Eisenthal Getriebe GmbH": "Eisenthal",
        "Wexcombe Rubber Ltd": "Wexcombe",
        "Lagovento Illuminazione Srl": "Lagovento",
    },
    titles=(
        *("Purchasing Manager", "Production Director", "Plant Manager", "Head of Planning"),
        *("Production Planner", "Operations Manager", "Shop Floor Supervisor", "Managing Director"),
        *("Supply Chain Manager", "IT Manager", "Material Planner", "Process Engineer"),
    ),
    sources=("trade fair", "newsletter", "referral", "search", "webinar", "industry group"),
    tags=(
        *("manufacturing", "under 100 people", "100 to 300 people", "small batches", "has an ERP"),
        *("plans by hand", "many rush orders", "met at the fair"),
    ),
    stages={"lead": "Lead", "mql": "qualified lead", "sql": "opportunity", "customer": "won"},
    interests=(
        *("scheduling", "rush orders", "kitting", "delivery dates", "changeovers"),
        *("operation times", "machine use", "plant boards", "pricing", "ERP link"),
    ),
    friendly=(
        *(
            "Thanks!",
            "🌹",
            "Got it, thank you",
            "🙂",
            "ok 👍",
            "Cheers",
            "Saved it",
            "Seen, thanks",
        ),
        *("Nice one", "Thanks for sharing", "👍👍", "Good to know"),
    ),
    positive=(
        *("Send it over", "This is good, reading it tonight", "Just what we needed, passed it on"),
        *("Can we use this sheet as it is? Great", "I'll show it at the morning meeting"),
        *(
            "More of this kind, please",
            "Read it, makes sense",
            "That is us, three changes a day 😅",
        ),
        *("Opened the link, will read it this afternoon and tell you",),
    ),
    exploring=(
        *(
            "How do you handle {interest}? Can you say more?",
            "Any examples from others on {interest}?",
        ),
        *(
            "What would {interest} cost us, roughly?",
            "We do {interest} in Excel. How long to switch?",
        ),
        *("Could we have a call about {interest}?", "Besides this, anything on {interest}?"),
    ),
    rejecting=(
        *(
            "Not needed right now",
            "No plans for this, please stop for now",
            "We have a system already",
        ),
        *("No thank you", "Too busy to read this", "I'm not in charge of that any more"),
        *("No budget this year",),
    ),
    notes=(
        *("Called for ten minutes: two lines, one planner, hiring next month",),
        *("Call back after Tuesday, stocktaking this week", "The plant manager decides"),
        *(
            "Purchasing wants to see the price first",
            "Comparing with another vendor, cares about support",
        ),
        *("After the holidays, don't push", "Tried other software last year, never took off"),
        *("Needs our company details and a contract template", "Prefers videos to long articles"),
        *("Added the shop floor supervisor too",),
    ),
    refusals=(
        *("asked plainly to stop", "wants personal data deleted", "said they would complain"),
        *("left the company, wants no messages", "wrong person, another trade", "withdrew consent"),
    ),
    resumptions=(
        *("said on the phone that we may go on", "new person in charge, asked for it"),
        *("called after the holidays, agreed to get material", "came back for the template"),
    ),
    currency="USD",
    contracts=(
        ("Scheduling licence for a year, one line", 5200),
        ("Scheduling licence for a year, three lines", 12400),
        ("Scheduling and inspection, with set-up", 23500),
        ("Machines on the network, with gateways", 17800),
    ),
    products=(
        ("Data gateway", 450),
        ("Board for the shop floor", 640),
        ("Training for operators, one day", 820),
        ("Licence for one more line", 2800),
        ("Maintenance for a year", 1700),
    ),
    trials=(("Trial month with a visit", 420), ("Report on one line", 280)),
)
