"""The values that stages hand to each other, one module a subject.

Bytes → Message → Blocks → Submission → Decision → Mail. All are frozen; all times are aware and in
UTC unless a name says otherwise.
"""
