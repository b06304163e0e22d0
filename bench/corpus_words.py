# ruff: noqa: E501 -- one kind of thing, one line
"""The words that bench/corpus.py makes its board of. Companies are invented; cities and tags are real."""

from __future__ import annotations

from typing import NamedTuple


class Family(NamedTuple):
    """Jobs of one kind: `pay` is dollars a year, `weight` how many of a hundred jobs are of the kind."""

    weight: int
    pay: int
    roles: list[str]
    specialities: list[str]
    tags: list[str]


class City(NamedTuple):
    name: str
    country: str


def _family(weight: int, pay: int, roles: str, specialities: str, tags: str) -> Family:
    return Family(weight, pay, *([word.strip() for word in text.split(",")] for text in (roles, specialities, tags)))


FAMILIES = [
    _family(
        20,
        120_000,
        "Backend Engineer, Software Engineer, Server Engineer, Python Developer, Java Developer, Go Developer, Rails Developer",
        "Payments, Billing, Search, Identity, Logistics, Marketplace, Notifications, Ledger, Public API, Trust & Safety, Inventory, Checkout",
        "Python, Java, Go, PostgreSQL, Redis, Kafka, Docker, Kubernetes, AWS, Django, Spring, gRPC",
    ),
    _family(
        12,
        112_000,
        "Frontend Engineer, Web Developer, UI Engineer, React Developer, iOS Engineer, Android Engineer, Mobile Engineer",
        "Design Systems, Checkout, Editor, Growth, Maps, Accessibility, Onboarding, Dashboards, Video, Offline",
        "JavaScript, TypeScript, React, CSS, Next.js, GraphQL, iOS, Swift, Kotlin, Jest",
    ),
    _family(
        10,
        125_000,
        "Full-Stack Engineer, Product Engineer, Application Developer, Solutions Engineer, Integration Engineer",
        "Clinics, Insurance, Farming, Energy, Travel, Education, Public Sector, Compliance, Partnerships, Internal Tools",
        "TypeScript, React, Node.js, PostgreSQL, AWS, Ruby, Rails, PHP, GraphQL, Docker",
    ),
    _family(
        12,
        130_000,
        "Data Engineer, Data Analyst, Data Scientist, Machine Learning Engineer, Analytics Engineer, Research Scientist",
        "Forecasting, Pricing, Vision, Language Models, Recommendations, Fraud, Experiments, Warehouse, Timetables, Speech",
        "Python, SQL, PyTorch, Airflow, dbt, Spark, Snowflake, Kafka, AWS, pandas",
    ),
    _family(
        12,
        132_000,
        "Site Reliability Engineer, Platform Engineer, DevOps Engineer, Security Engineer, Database Administrator, Network Engineer",
        "Observability, Edge, Cloud Cost, Incident Response, Storage, Build Systems, Kubernetes, Detection, Backups, Telemetry",
        "Kubernetes, Terraform, AWS, Linux, Docker, Prometheus, Helm, Python, Go, Ansible",
    ),
    _family(
        5,
        105_000,
        "Embedded Engineer, Firmware Developer, Electrical Engineer, Robotics Engineer, Test Engineer, Mechanical Engineer",
        "Motor Control, Sensors, Batteries, Radio, Calibration, Satellites, Prosthetics, Tractors, Bring-up, Safety",
        "C++, Rust, Linux, CUDA, STM32, MQTT, LabVIEW, Python",
    ),
    _family(
        9,
        98_000,
        "Product Designer, Product Manager, UX Researcher, Technical Writer, Brand Designer, Program Manager",
        "Growth, Developer Experience, Mobile, Payments, Documentation, Print & Web, Voice, Localisation, Service Design",
        "Figma, CSS, Jira, SQL, Illustrator, Canva",
    ),
    _family(
        12,
        82_000,
        "Account Executive, Customer Success Manager, Sales Engineer, Support Specialist, Marketing Manager, Account Manager",
        "Enterprise, Nordics, Iberia, Mid-Market, Healthcare, Renewals, Partnerships, Night Shift, Content, Events",
        "Jira, Marketo, Microsoft Excel, SQL, Figma",
    ),
    _family(
        8,
        68_000,
        "Office Manager, Recruiter, Accountant, Field Technician, Payroll Specialist, Legal Counsel, Warehouse Lead, Nurse",
        "EMEA, Talent, Month-End, Cold Chain, Contracts, Evenings, Facilities, Procurement, Fleet, Paediatrics",
        "Microsoft Excel, Workday, Jira",
    ),
]

# level of the file, word of the title, factor of the pay
LEVELS = [
    ("", "", 0.95),
    ("intern", "Intern", 0.4),
    ("junior", "Junior", 0.65),
    ("mid", "", 0.9),
    ("senior", "Senior", 1.2),
    ("lead", "Staff", 1.5),
    ("lead", "Principal", 1.7),
    ("lead", "Lead", 1.4),
    ("manager", "Head of", 1.5),
    ("director", "Director of", 1.9),
]

POPULAR_TAGS = (
    "Python,JavaScript,AWS,TypeScript,React,SQL,Kubernetes,Docker,Java,PostgreSQL,Go,Linux,Node.js,C++,Terraform,"
    "Kafka,Figma,Rust,GraphQL,Ruby,PHP,Redis,Spark,Snowflake,PyTorch,Swift,Kotlin,Django,Airflow,MySQL"
).split(",")

CITIES = [
    City(name, country)
    for country, names in (
        line.split(": ")
        for line in """\
DE: Berlin, Munich, Hamburg, Leipzig
US: New York, San Francisco, Austin, Denver, Chicago, Seattle, Boston
GB: London, Manchester, Edinburgh, Bristol
FR: Paris, Lyon, Grenoble
ES: Madrid, Barcelona, Valencia
PT: Lisbon, Porto
NL: Amsterdam, Utrecht
BE: Ghent, Brussels
IE: Dublin
NO: Oslo, Bergen
SE: Stockholm, Malmö
DK: Copenhagen
FI: Helsinki
PL: Warsaw, Kraków
CZ: Prague
AT: Vienna
CH: Zürich, Geneva
IT: Milan, Turin
CA: Toronto, Vancouver, Montréal, Halifax
BR: São Paulo, Recife
MX: Mexico City
AR: Buenos Aires
IN: Bengaluru, Pune, Hyderabad
SG: Singapore
JP: Tokyo, Osaka
KR: Seoul
AU: Sydney, Melbourne
NZ: Wellington
ZA: Cape Town
JO: عمّان
""".splitlines()
    )
    for name in names.split(", ")
]

CURRENCIES = {
    **dict.fromkeys("DE FR ES PT NL BE IE FI AT IT".split(), ("EUR", 0.62)),
    "GB": ("GBP", 0.56),
    "NO": ("NOK", 6.4),
    "SE": ("SEK", 5.6),
    "DK": ("DKK", 4.9),
    "PL": ("PLN", 1.9),
    "CZ": ("CZK", 10.0),
    "CH": ("CHF", 0.95),
    "CA": ("CAD", 0.95),
    "BR": ("BRL", 1.5),
    "MX": ("MXN", 6.0),
    "IN": ("INR", 25.0),
    "SG": ("SGD", 0.9),
    "JP": ("JPY", 65.0),
    "KR": ("KRW", 520.0),
    "AU": ("AUD", 1.1),
    "NZ": ("NZD", 1.05),
    "ZA": ("ZAR", 6.0),
    "JO": ("JOD", 0.18),
}

COMPANY_STARTS = (
    "alder amber ash barrow bay birch brack bramble brine brook carn cinder clover cob copper corn crag dew dun ebb "
    "elder ember fen fern field flint fox gale glen gorse gran hazel heath heron holm iron kelp lark lin loch marl "
    "mead mill moss nettle oar oat otter pebble pine quarry quill reed ridge rook rowan salt sedge slate sorrel spruce "
    "stone swift tallow tarn teal thistle thorn tide umber vale wick willow wren yarrow"
).split()
COMPANY_ENDS = (
    "bank beck bridge by cote croft dale den fell field ford gate grove ham haven hill hurst ing lea ley light line "
    "lock march mere mouth ness point port rise shaw side stead stone street ton vale ward water way well wick wood worth"
).split()
COMPANY_TRADES = (
    "Robotics,Energy,Health,Games,Rail,Mutual,Labs,Systems,Foods,Logistics,Insurance,Analytics,Marine,Press,Schools,"
    "Clinics,Bank & Trust,Mobility,Optics,Security,Works,Cloud,Studio,Networks,Aerospace"
).split(",")
OTHER_SCRIPTS = [
    "قمر للبرمجيات",
    "青竹科技",
    "海辺ソフト",
    "Северный ветер",
    "Θάλασσα",
    "바람소리",
    "नीला आकाश",
    "אגם שקט",
]

CLOSED_REASONS = ["The position has been filled.", "No longer on the employer's own list.", "The last day has passed."]

HEADINGS = {
    "en": ["About us", "What you will do", "How we work", "What you bring", "What we offer", "How to apply"],
    "de": ["Über uns", "Deine Aufgaben", "Wie wir arbeiten", "Dein Profil", "Was wir bieten", "Bewerbung"],
    "fr": ["Qui sommes-nous", "Vos missions", "Notre façon de travailler", "Votre profil", "Nos avantages", "Postuler"],
    "es": ["Sobre nosotros", "Tus tareas", "Cómo trabajamos", "Tu perfil", "Qué ofrecemos", "Cómo solicitar"],
    "pt": ["Sobre nós", "As tuas tarefas", "Como trabalhamos", "O teu perfil", "O que oferecemos", "Como candidatar"],
    "ar": ["من نحن", "مهامك", "كيف نعمل", "ما نطلبه", "ما نقدمه", "كيف تتقدم"],
}

EVERYDAY = """
the and to of a in you we our with for is your that on are as will have be work team at from an this who by it or can
people all new their more what about how they us one build help not experience make time other years role when into
them product business do has up customers data each systems working day design also across between every service
software company care well learn support where write first world good need use projects ideas week small growth code
change before part best office through own those while teams decide together engineers keep quality after leave two
some understand problem field platform home ship clear most only practice tools year great process hours questions
safety lead run should know such review early plan over flexible pension health learning budget remote laptop training
months colleagues trust respect honest careful curious measure improve deploy test release document mentor hire grow
"""
FOREIGN = {
    "de": """und die der wir du mit für das ist in zu ein eine unser deine von auf bei als sich auch nicht an dem im den
        werden arbeiten Team Erfahrung Aufgaben entwickeln suchen bieten sowie oder Kunden Daten Lösungen über nach
        Unternehmen gemeinsam Verantwortung Projekte Qualität Software Jahre gerne Urlaub Büro flexibel Kolleginnen
        Straße größer schön möglich natürlich verständlich Gehalt Umfeld Weiterbildung Technik Betrieb""",
    "fr": """de et la les des vous nous à en une un pour dans notre est avec sur votre que au qui par ou plus équipe
        expérience travail données clients projets développement entreprise être années poste qualité produit services
        recherche compétences télétravail congés salaire français maîtrise élève créer améliorer déjà très où été""",
    "es": """de y la en el que con los para un una las nuestro tu del se por equipo trabajo experiencia es como más
        datos clientes proyectos desarrollo empresa años calidad producto servicios buscamos ofrecemos español mañana
        formación vacaciones sueldo también técnica diseño gestión solución información país aquí está""",
    "pt": """de e a o que para em com uma um os as do da nossa equipa trabalho experiência é como mais dados clientes
        projetos desenvolvimento empresa anos qualidade produto serviços procuramos oferecemos formação férias salário
        também técnica gestão solução informação não são você estágio português manhã""",
    "ar": """في من على إلى مع عن هذا التي نحن فريق عمل خبرة تطوير بيانات شركة مشروع سنوات جودة خدمات عملاء تقنية
        برمجيات تصميم راتب إجازة تدريب مهارات مسؤولية حلول نبحث نقدم العربية الإنجليزية معرفة قدرة مكتب""",
}
# Further words are made of one of each column: 44 x 25 x 24 = 26,400.
STEMS = (
    """ar bel cal cor dan del eck fal fen gar gil hal har iv jor kal kes lam lor mar mel mor nar nev or pal per pol quin
    ral ros sal sel sor tal ter tor ul val ver vol wes yar zel""",
    "a ab ac ad al am an ap e ec el em en er i ic il im in is o ol om on u",
    "ance ary ate dom ed ence er est ful ify ing ion ise ish ism ist ity ive ly ment ness ous ship ward",
)
