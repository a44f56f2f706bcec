@web-app
Feature: Topics that wait for silence
  The maker decides what the bot says after which silence, on which channel, and what goes first.

  Rule: The shipped topics wait as long as the maker sets

    @req:INA-19
    Scenario Outline: A reminder of one's own
      Given the reminder comes after <silence>
      And Ada is chatting with the bot
      When <silence> pass
      Then Ada sees "Are you still there?"

      Examples:
        | silence              |
        | 2 minutes            |
        | 4 minutes 30 seconds |

    @req:INA-07 @req:INA-19
    Scenario: Not before the reminder is due
      Given the reminder comes after 8 minutes
      And Ada is chatting with the bot
      When 7 minutes pass
      Then Ada does not see "Are you still there?"

    @req:INA-09 @req:INA-19
    Scenario: A timeout of one's own
      Given the timeout comes after 7 minutes
      And Ada is chatting with the bot
      When 7 minutes pass
      Then Ada's conversation is closed

  Rule: The shortest silence speaks first, whoever was written first

    @req:INA-09
    Scenario: Three silences
      Given the bot has these inactivity topics
        | after     | says   |
        | 6 minutes | Third  |
        | 2 minutes | First  |
        | 4 minutes | Second |
      And Ada is chatting with the bot
      When 6 minutes pass
      Then Ada sees "First" before "Third"

  Rule: Of several topics for one silence the lowest priority number speaks

    @req:INA-09
    Scenario: The lower number
      Given the bot has these inactivity topics
        | after     | says  | priority |
        | 2 minutes | Later | 2        |
        | 2 minutes | Now   | 1        |
      And Ada is chatting with the bot
      When 2 minutes pass
      Then Ada sees "Now"

    @req:INA-09
    Scenario: The other one stays silent
      Given the bot has these inactivity topics
        | after     | says  | priority |
        | 2 minutes | Later | 2        |
        | 2 minutes | Now   | 1        |
      And Ada is chatting with the bot
      When 3 minutes pass
      Then Ada does not see "Later"

    @req:INA-09
    Scenario: The older one when the numbers are equal
      Given the bot has these inactivity topics
        | after     | says     |
        | 2 minutes | Older    |
        | 2 minutes | Younger  |
      And Ada is chatting with the bot
      When 2 minutes pass
      Then Ada sees "Older"

  Rule: A topic for another channel stays silent

    @req:INA-06
    Scenario: A topic for Teams in a chat on Omnichannel
      Given the bot has these inactivity topics
        | after     | says        | channel |
        | 2 minutes | For Teams   | msteams |
        | 4 minutes | For anybody |         |
      And Ada is chatting with the bot
      When 4 minutes pass
      Then Ada does not see "For Teams"

    @req:INA-06 @api
    Scenario: The shipped reminder on the bot's own website
      Given Ada is chatting with the bot on its own website
      When 10 minutes pass
      Then Ada does not see "Are you still there?"

    @req:INA-06 @api
    Scenario: A topic for that website speaks there
      Given the bot has these inactivity topics
        | after     | says            | channel    |
        | 2 minutes | For the website | directline |
      And Ada is chatting with the bot on its own website
      When 2 minutes pass
      Then Ada sees "For the website"

  Rule: What is not published has no effect

    @req:INA-14
    Scenario: A topic that was only saved
      Given Mia has saved these inactivity topics
        | after    | says       |
        | 1 minute | Only saved |
      And Ada is chatting with the bot
      When 2 minutes pass
      Then Ada does not see "Only saved"

    @req:INA-14
    Scenario: A topic that was saved and published
      Given Mia has saved these inactivity topics
        | after    | says          |
        | 1 minute | Now published |
      And Mia has published the bot
      And Ada is chatting with the bot
      When 1 minute passes
      Then Ada sees "Now published"
