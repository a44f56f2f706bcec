@web-app
Feature: Names of bots
  Whether a bot can be connected depends on how long its name is, counted in code points.

  Rule: A name of 29 code points can be connected

    @req:CON-09
    Scenario: The longest name that all documents allow
      Given Mia has a bot named by 29 plain letters
      When Mia connects the bot
      Then Mia's bot is connected

    @req:CON-09 @api
    Scenario Outline: As many code points of other letters
      Given Mia has a bot named by 29 <letters>
      When Mia connects the bot
      Then Mia's bot is connected

      Examples:
        | letters            |
        | accented letters   |
        | joined emoji       |
        | rare letters       |
        | blanks and letters |

  Rule: A longer name is refused and leaves nothing behind

    @req:CON-10
    Scenario: A name of 31 code points
      Given Mia has a bot named by 31 plain letters
      When Mia connects the bot
      Then the connection is refused because its name is too long

    @req:CON-10 @api
    Scenario Outline: As many code points in fewer characters
      Given Mia has a bot named by 31 <letters>
      When Mia connects the bot
      Then the connection is refused because its name is too long

      Examples:
        | letters            |
        | accented letters   |
        | joined emoji       |
        | rare letters       |
        | blanks and letters |

    @req:CON-10 @inferred
    Scenario: A refused bot has no user
      Given Mia has a bot named by 31 plain letters
      When Mia connects the bot
      Then Olga finds no user for Mia's bot

  Rule: A name of 30 code points is a reading

    The documents let a name "longer than 30" fail and ask for "less than 30".

    @req:CON-11
    Scenario: What the target makes of it
      Given Mia has a bot named by 30 plain letters
      When Mia connects the bot
      Then Mia's bot is connected or refused for its name

    @req:CON-11 @api
    Scenario Outline: What the target makes of other letters
      Given Mia has a bot named by 30 <letters>
      When Mia connects the bot
      Then Mia's bot is connected or refused for its name

      Examples:
        | letters            |
        | accented letters   |
        | joined emoji       |
        | rare letters       |
        | blanks and letters |
