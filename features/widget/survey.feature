@preview @classic @web-app
Feature: The survey before a chat
  What a shop has to know before a chat begins, its customers are asked, and agents see it.

  Rule: A survey has at most ten questions of at most 512 characters

    @req:EMB-19
    Scenario Outline: Too much to ask
      When Olga tries to ask <count> questions of <length> characters
      Then the questions are refused

      Examples:
        | count | length |
        | 11    | 20     |
        | 1     | 513    |

    @req:EMB-19
    Scenario: As much as may be asked
      When Olga tries to ask 10 questions of 512 characters
      Then the questions are taken

  Rule: An answer that is needed is waited for

    @req:EMB-20 @widget
    Scenario: The answer is missing
      Given chats need an answer to "Where do you live?" for "Town"
      When Ada submits the survey
      Then Ada is told that "Town" is missing

  Rule: Answers become context variables

    @req:EMB-20 @req:EMB-21
    Scenario: Words
      Given Ben is available
      And chats need an answer to "Where do you live?" for "Town"
      And Ada answers "Oslo" to "Where do you live?"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees "Oslo" as "Town" of Ada

    @req:EMB-21 @api
    Scenario: An option
      Given Ben is available
      And chats begin with "Small" or "Large" to "Which size?" for "Size"
      And Ada answers "Large" to "Which size?"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees "Large" as "Size" of Ada

    @req:EMB-21 @api
    Scenario: A consent
      Given Ben is available
      And chats need a tick at "I agree." for "Terms"
      And Ada ticks "I agree."
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees true as "Terms" of Ada

  Rule: Details that no workstream knows become texts

    @req:EMB-15
    Scenario: A number
      Given Ben is available
      And Ada brings the number 7 as "Tier"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees "7" as "Tier" of Ada
