"""What each role may do in each relation to an object: the expected answers, typed out by hand.

Relations (who the actor is to the object; "stranger" unless said otherwise):

    own      his unit keeps it              own_x    the same, an accusation
    sub      his unit stands above          sub_x    the same, an accusation
    ent      his unit was entrusted         ent_x    the same, an accusation
    ass      he is assigned                 ass_x    the same, an accusation
    aut      he wrote it                    both     he wrote it and is assigned
    own_c    own, a complaint against that unit            sub_c    stands above, a complaint against him
    barred   own, assigned, author: barred  accused  own, assigned: an accusation against his own unit

A line is a role with the relations in which it is allowed; every role and relation that is not named is refused.
`stranger`, `barred` and `accused` are allowed nowhere. Functions without an object list their roles only.
"""

RELATIONS = (
    "stranger", "own", "own_x", "own_c", "sub", "sub_x", "sub_c",
    "ent", "ent_x", "ass", "ass_x", "aut", "both", "barred", "accused",
)  # fmt: skip

FUNCTIONS: dict[str, str] = {
    "signed_in": "everybody",
    "desk:see": "everybody",
    "matter:list": "business",
    "mediation:list": "business",
    "hearing:list": "business",
    "agreement:list": "business",
    "signing_day:list": "business",
    "paper:list": "business",
    "calendar:see": "business",
    "matter:register": "receptionist coordinator street_clerk reconsideration_officer",
    "reconsideration:list": "receptionist coordinator leader reconsideration_officer",
    "calendar:manage": "coordinator committee_clerk",
    "opinion:list": "lawyer judge coordinator leader committee_clerk",
    "account:manage": "administrator",
    "settings:manage": "administrator",
    "wording:write": "coordinator committee_clerk leader administrator",
    "wording:publish": "leader administrator",
    "audit:read": "auditor",
}

READ = """
    receptionist            own own_c ass ass_x both
    coordinator             own own_c ass ass_x both
    leader                  own own_c ent ass ass_x both
    mediator                ass both
    recorder                ass both
    hearing_chair           ass both
    hearing_panelist        ass both
    lawyer                  ass both
    judge                   ass both
    reconsideration_officer own own_c ent ass both
    counselor               ass both
    committee_clerk         ent
    handling_unit_clerk     ent
    street_clerk            own sub
"""

CONTENT = """
    receptionist            own own_c ass ass_x both
    coordinator             own own_c ass ass_x both
    leader                  own own_c ent ass ass_x both
    committee_clerk         ent
    handling_unit_clerk     ent
    mediator                ass both
    recorder                ass both
    hearing_chair           ass both
    hearing_panelist        ass both
    lawyer                  ass both
    judge                   ass both
    reconsideration_officer own own_c ent ass both
"""

OFFICE_DESK = """
    receptionist            own own_c ass ass_x both
    coordinator             own own_c ass ass_x both
"""

COORDINATOR = """
    coordinator             own own_c ass ass_x both
"""

COMMITTEE_AND_MEDIATOR = """
    committee_clerk         ent
    mediator                ass both
"""

OBJECTS: dict[str, str] = {
    "matter:read": READ,
    "linkage:read": READ,
    "mediation:read": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
        hearing_chair           ass both
        hearing_panelist        ass both
        lawyer                  ass both
        judge                   ass both
        reconsideration_officer ass both
        counselor               ass both
    """,
    "matter:read_content": CONTENT,
    "paper:read": CONTENT,
    "matter:edit": OFFICE_DESK
    + """
        reconsideration_officer own own_c
    """,
    "matter:screen": OFFICE_DESK,
    "matter:route": COORDINATOR,
    "matter:handle": """
        handling_unit_clerk     ent
    """,
    "matter:approve": """
        leader                  own own_c ent ass ass_x both
    """,
    "matter:record_consent": OFFICE_DESK + COMMITTEE_AND_MEDIATOR,
    "matter:reveal": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        committee_clerk         ent
        recorder                ass both
        judge                   ass both
    """,
    "matter:history": """
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
    """,
    "matter:request_recusal": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
        hearing_chair           ass both
        hearing_panelist        ass both
        lawyer                  ass both
        judge                   ass both
        reconsideration_officer ass both
        counselor               ass both
    """,
    "matter:decide_recusal": """
        leader                  own own_c ass ass_x both
    """,
    "linkage:refer": COORDINATOR,
    "linkage:answer": """
        committee_clerk         ent
    """,
    "linkage:feed_back": COMMITTEE_AND_MEDIATOR,
    "roster:read": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
    """,
    "roster:edit": OFFICE_DESK
    + """
        committee_clerk         ent
    """,
    "roster:import": OFFICE_DESK,
    "roster:export": COORDINATOR
    + """
        committee_clerk         ent
    """,
    "signing_day:read": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
    """,
    "signing_day:run": OFFICE_DESK
    + """
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
    """,
    "mediation:manage": """
        committee_clerk         ent
    """,
    "mediation:record": """
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
    """,
    "remedy:read": CONTENT,
    "remedy:manage": COORDINATOR
    + """
        leader                  own own_c ass ass_x both
    """,
    "remedy:publish": """
        leader                  own own_c ass ass_x both
    """,
    "remedy:help": OFFICE_DESK
    + """
        leader                  own own_c ass ass_x both
    """,
    "reconsideration:read": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        leader                  own own_c ent ass ass_x both
        reconsideration_officer own own_c ent ass both
        mediator                ass both
        recorder                ass both
        hearing_chair           ass both
        hearing_panelist        ass both
        lawyer                  ass both
        judge                   ass both
        counselor               ass both
    """,
    "reconsideration:receive": OFFICE_DESK
    + """
        reconsideration_officer own own_c
    """,
    "reconsideration:manage": """
        reconsideration_officer ent
    """,
    "reconsideration:approve": """
        leader                  ent
    """,
    "hearing:read": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
        handling_unit_clerk     ent
        mediator                ass both
        recorder                ass both
        hearing_chair           ass both
        hearing_panelist        ass both
        lawyer                  ass both
        judge                   ass both
        reconsideration_officer ass both
    """,
    "hearing:file": """
        receptionist            own own_c ass ass_x both
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
        mediator                ass both
        recorder                ass both
        hearing_chair           ass both
        hearing_panelist        ass both
        lawyer                  ass both
        judge                   ass both
        reconsideration_officer ass both
    """,
    "hearing:apply": OFFICE_DESK
    + """
        reconsideration_officer ass both
    """,
    "hearing:decide": """
        leader                  own own_c ass ass_x both
    """,
    "hearing:manage": COORDINATOR
    + """
        hearing_chair           ass both
        reconsideration_officer ass both
    """,
    "hearing:record": """
        recorder                ass both
        hearing_chair           ass both
        reconsideration_officer ass both
    """,
    "hearing:deliberate": """
        hearing_chair           ass both
        hearing_panelist        ass both
        recorder                ass both
    """,
    "meeting:book": COORDINATOR + COMMITTEE_AND_MEDIATOR,
    "opinion:request": COORDINATOR
    + """
        committee_clerk         ent
    """,
    "opinion:read": """
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
        committee_clerk         ent
        mediator                ass both
        hearing_chair           ass both
        reconsideration_officer ass both
        lawyer                  aut both
        judge                   aut both
    """,
    "opinion:write": """
        lawyer                  both
        judge                   both
    """,
    "opinion:answer": COORDINATOR,
    "agreement:read": """
        coordinator             own own_c ass ass_x both
        leader                  own own_c ass ass_x both
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
        lawyer                  ass both
        judge                   ass both
    """,
    "agreement:write": COMMITTEE_AND_MEDIATOR,
    "agreement:sign": COMMITTEE_AND_MEDIATOR,
    "agreement:seal": """
        committee_clerk         ent
    """,
    "agreement:follow_up": COMMITTEE_AND_MEDIATOR,
    "dossier:read": """
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
    """,
    "dossier:compile": """
        committee_clerk         ent
        mediator                ass both
        recorder                ass both
    """,
    "dossier:archive": """
        committee_clerk         ent
    """,
    "access_link:issue": OFFICE_DESK + COMMITTEE_AND_MEDIATOR,
}
