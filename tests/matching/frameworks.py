"""A small library for profiles: neighbours that must be told apart, and one forbidden pair with advice."""

from functools import cache

from prowess.framework import Framework, parse_framework

LIBRARY = """
title: Test library
scale:
  levels:
  - {number: 1, name: Learning, polarity: ineffective}
  - {number: 2, name: Able}
  - {number: 3, name: Strong}
  - {number: 4, name: Leading}
competencies:
- code: complaints
  title: Handling Complaints
  aliases: [Complaint resolution, Calming upset customers]
  definition: Hears out dissatisfied customers and settles what went wrong for them.
  job_activities:
  - Respond to complaints from residents and customers.
  - Calm upset customers on the telephone.
  - Follow a complaint through until it is resolved.
  - Handle complaints from relatives.
  indicators:
    1: {ineffective: [Argues with the customer about whose fault it was.]}
    2: {effective: [Tells the customer by when an answer will come.]}
    3: {effective: [Calls back after a week to hear whether the repair has held.]}
    4: {effective: [Removes the cause that made three customers complain of the same fault.]}
  relations:
  - {kind: not-with, target: service, note: Both rate how customers are treated.,
     advice: Take Handling Complaints where things go wrong often; take Customer Service where they seldom do.}
  questions:
  - text: Tell me about the angriest customer you have dealt with this year.
    probes: [What had happened?, What did you say first?]
  - {text: Describe a complaint that you could not settle., probes: [Why not?]}
  - kind: situational
    text: A caller shouts at you about a bill that is right. What do you do?
    probes: [What would you say?]
- code: service
  title: Customer Service
  aliases: [Serving customers]
  definition: Finds out what customers need and provides it.
  job_activities:
  - Greet and help visitors.
  - Answer questions from customers about products.
  - Serve customers at the counter.
  indicators:
    1: {ineffective: [Lets customers wait without a word.]}
    2: {effective: [Asks what the customer wants to use the product for.]}
- code: coaching
  title: Coaching
  aliases: [Training staff, Developing employees]
  definition: Helps the people who report to them to learn on the job.
  job_activities:
  - Train new employees.
  - Hold coaching sessions with staff.
  - Evaluate the performance of employees.
  - Mentor junior colleagues.
  indicators:
    2: {effective: [Shows a new colleague the task and watches the first attempt.]}
    3: {effective: [Agrees one thing to practise before the next conversation.]}
  questions:
  - {text: Tell me about somebody who learned a skill from you., probes: [How did you go about it?]}
- code: data
  title: Working with Data
  aliases: [Data analysis, Analysing figures]
  definition: Draws conclusions from figures and reports them.
  job_activities:
  - Analyse data and report trends each month.
  - Monitor call volume and quality scores.
  - Prepare statistics and charts.
- code: writing
  title: Written Communication
  aliases: [Writing, Correspondence]
  definition: Writes so that readers understand at the first reading.
  job_activities: [Write letters and reports., Draft notices for the website., Prepare written correspondence.]
- code: planning
  title: Planning Work
  aliases: [Scheduling, Organising work]
  definition: Puts work in an order and a time that people can keep.
  job_activities: [Schedule staff and plan the rota., Allocate tasks at the start of the shift.]
- code: negotiation
  title: Negotiation
  definition: Reaches agreements that both sides keep.
  job_activities: [Negotiate prices with suppliers., Settle disputed accounts with other departments.]
- code: welding
  title: Welding
  aliases: [Metal joining]
  definition: Joins metal parts so that the seam holds.
  job_activities: [Weld steel frames according to drawings., Inspect welded seams.]
- code: old
  title: Old Ways
  status: retired
  successor: planning
"""


@cache
def library() -> Framework:
    return parse_framework(LIBRARY, place="library.yaml")
