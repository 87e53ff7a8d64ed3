"""The ways to practise. Knows what to ask next and when it is over; must not know windows or futures.

All of them are one thing: a *session* with a seed, made of *trials*, each a clip on a channel, a way to show
it and a question. What differs is small, and each protocol states only that:

- ``Setup`` (a frozen dataclass, kept with the session as JSON): what the person asked for. ``settled`` fills
  in what hangs on earlier sessions (which pair, form, cards), so that the past is asked only once;
- ``Protocol.next(position)``: which clip, how it is shown (whole, held, brief, beside another, a reel), what
  is asked (name it, which of two, follow it); None when it is over;
- ``Protocol.learn(trial, heard)``: what an answer changes for what comes next;
- ``Setup.feedback``: heard each time, at the end, or never.

A protocol is a fold over what was answered: seed + setup + clips + answers give the same next trial, always.
So going on with a session that was left, killed or crashed is starting it again and letting it hear what is
on the disk; nothing else of its state is kept. What answers come to is computed from the records alone.
The session around it (``attune.app.practice``) is the same for all: it puts every answer on the disk before
anything is said back, measures clips ahead, skips what cannot be shown, and speaks.
"""
