@classic
Feature: What a bot does in a call
  A bot on the phone speaks, listens, hands over and hangs up.

  Background:
    Given Finn is calling the bot

  Rule: An uninterruptible message is heard to its end

    @req:VOI-11
    Scenario: Speaking over an important notice
      Given Finn has pressed "2"
      And Finn has said "stop, please stop" on the phone
      When 1 minute passes
      Then Finn has heard all of "Please stop using"

    @req:VOI-11
    Scenario: Pressing a key over an important notice
      Given Finn has pressed "2"
      And Finn has pressed "1"
      When 1 minute passes
      Then Finn has heard all of "Please stop using"

    @req:VOI-11
    Scenario: Speaking over an ordinary message
      Given Finn has pressed "1"
      When Finn says "thank you, I know enough" on the phone
      Then Finn has cut "open from Monday to Friday"

  Rule: Hang up ends the call

    @req:VOI-14
    Scenario: The bot hangs up
      Given Finn has pressed "3"
      When 30 seconds pass
      Then Finn's call is ended

  Rule: A call that the bot escalates goes to a person

    @req:VOI-39
    Scenario: An agent takes the call
      When Finn is transferred to Ben
      Then Finn's call is with an agent
