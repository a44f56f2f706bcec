@preview @classic @web-app
Feature: How the bot's analytics count a session
  A maker learns from the figures which chats the bot has resolved, handed over or lost.

  Rule: A session that was handed over counts as escalated, and no other one does

    @req:ESC-14
    Scenario: A customer who was handed over
      Given no agent is available
      And Ada is waiting for an agent
      When 1 minute passes
      Then Mia counts Ada's session as escalated

    @req:ESC-14
    Scenario: A customer who only asked for the opening hours
      Given Ada is chatting with the bot
      And Ada has said "opening hours"
      When 1 minute passes
      Then Mia counts Ada's session as undecided

    @req:ESC-14
    Scenario: A customer who walked away from a topic
      Given Ada is chatting with the bot
      And Ada has said "opening hours"
      When 1 hour passes
      Then Mia counts Ada's session as abandoned

    @req:ESC-14
    Scenario: A customer who left without asking for anything
      Given Ada is chatting with the bot
      When 1 hour passes
      Then Mia counts Ada's session as undecided

  Rule: A session is resolved when the customer says so, or does not deny it

    @req:ESC-14
    Scenario: A customer who was helped
      Given the bot asks whether it has helped
      And Ada is chatting with the bot
      And Ada has said "opening hours"
      And Ada has needed nothing else
      When Ada says "yes"
      Then Mia counts Ada's session as resolved

    @req:ESC-14
    Scenario: A customer who does not answer
      Given the bot asks whether it has helped
      And Ada is chatting with the bot
      And Ada has said "opening hours"
      And Ada has needed nothing else
      When 1 hour passes
      Then Mia counts Ada's session as resolved

    @req:ESC-14
    Scenario: A customer who was not helped
      Given the bot asks whether it has helped
      And Ada is chatting with the bot
      And Ada has said "opening hours"
      And Ada has needed nothing else
      And Ada has said "no"
      When 1 hour passes
      Then Mia counts Ada's session as abandoned

    @req:ESC-14
    Scenario: A customer who then asks for a person
      Given the bot asks whether it has helped
      And no agent is available
      And Ada is chatting with the bot
      And Ada has needed nothing else
      When Ada asks for a person
      Then Mia counts 1 escalated session
