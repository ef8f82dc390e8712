import os

B = os.environ.get("BREAK", "")
import pulumi_smssign.engine.deletion as d, pulumi_smssign.engine.changes as c, pulumi_smssign.engine.ledger as l, pulumi_smssign.engine.announcements as a, pulumi_smssign.engine.run as r, pulumi_smssign.engine.claims as cl

if B == "stay":
    d.Deletion._why_it_stays = lambda *x: ""
if B == "holder":
    l.Ledger.holder = lambda *x: None
if B == "loss":
    a.Announcements.hold_to_loss = lambda *x: None
if B == "elsewhere":
    r.Run.wanted_elsewhere = lambda *x: None
if B == "twin":
    r.Run.twin_of = lambda *x: None
if B == "maygo":
    c.may_go = lambda run, v, old, s: run.reviews(v, old) is not None
if B == "back":
    c.Change._taken_back = lambda self, w: None
if B == "gone":
    r.Run.must_be_gone = lambda *x: None
if B == "remember":
    cl.waiting = lambda *x: ()
if B == "status":
    import dataclasses

    a.Announcement.of = classmethod(
        lambda cls, dec, rev: cls(
            type(dec).__name__ + ("-first" if getattr(dec, "delete_first", False) else ""),
            rev.id if rev else "",
            "",
        )
    )
if B == "doubt":
    import pulumi_smssign.lifecycle as lc

    old = lc._same_text

    def f(rules, review, changed, known):
        return old(rules, review, changed, lc.Known(consents=known.consents))

    lc._same_text = f
