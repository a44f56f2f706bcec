Feature: Values as they travel
  Whatever a bot has learnt reaches the agent as it was, to the last letter.

  Background:
    Given Ben is available

  Rule: A value arrives as it was, whatever it holds

    @req:ESC-07 @api
    Scenario Outline: A text
      Given the bot remembers <value> as "StoreLocation"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees <value> as "StoreLocation" of Ada

      Examples:
        | value                           |
        | "Oslo"                          |
        | an empty text                   |
        | a text of blanks                |
        | a text with blanks around it    |
        | a text of three lines           |
        | a text with quotation marks     |
        | a text with markup              |
        | a text with braces              |
        | a text that looks like a formula |
        | a text that looks like a number |
        | a text that looks like JSON     |
        | a text that says true           |
        | a German text                   |
        | a Norwegian text                |
        | a Greek text                    |
        | an Arabic text                  |
        | a Hebrew text                   |
        | a Japanese text                 |
        | a Chinese text                  |
        | a Korean text                   |
        | a Thai text                     |
        | a text with combining accents   |
        | a text with emoji               |
        | a text of rare letters          |
        | a text with invisible letters   |
        | a text of 3,999 characters      |

    @req:ESC-07 @api
    Scenario Outline: A number, a yes or no, or nothing
      Given the bot remembers <value> as "Floors"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees <value> as "Floors" of Ada

      Examples:
        | value                       |
        | the number 0                |
        | the number 1                |
        | the number -1               |
        | the number 2.5              |
        | the number -0.125           |
        | the number 2147483648       |
        | the number 9007199254740991 |
        | true                        |
        | false                       |
        | nothing                     |

    @req:ESC-07 @api
    Scenario Outline: A table or a record
      Given the bot remembers <value> as "Parcels"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees <value> as "Parcels" of Ada

      Examples:
        | value                  |
        | a table of two parcels |
        | an empty table         |
        | a record of a store    |
        | a record in a record   |

  Rule: A value of 4,000 characters is the longest

    @req:ESC-17 @api
    Scenario Outline: As long as can be
      Given the bot remembers <value> as "StoreLocation"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees <value> as "StoreLocation" of Ada

      Examples:
        | value                                   |
        | a text of 4,000 characters              |
        | an accented text of 4,000 characters    |
        | a Cyrillic text of 4,000 characters     |
        | an ideographic text of 4,000 characters |

    @req:ESC-16 @api
    Scenario Outline: One character too many
      Given the bot remembers <value> as "StoreLocation"
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation stays with the bot

      Examples:
        | value                                   |
        | a text of 4,001 characters              |
        | an accented text of 4,001 characters    |
        | an ideographic text of 4,001 characters |
        | a text of 8,000 characters              |

    @req:ESC-16
    Scenario: A customer whose bot learnt too much
      Given the bot remembers a text of 4,001 characters as "StoreLocation"
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation stays with the bot

  Rule: A name of 100 characters is the longest, 200 in the preview

    @req:ESC-19 @api @classic @web-app
    Scenario: As long as can be now
      Given the bot remembers "Oslo" by a name of 100 characters
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees "Oslo" by that name of Ada

    @req:ESC-19 @api @preview
    Scenario: As long as could be in the preview
      Given the bot remembers "Oslo" by a name of 200 characters
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees "Oslo" by that name of Ada

    @req:ESC-19 @api
    Scenario: Longer than any document allows
      Given the outside bot Rex takes the chats
      And Ada is chatting with Rex
      When Rex hands Ada over by a name of 201 characters
      Then Ada's conversation stays with the bot

    @req:ESC-19 @api
    Scenario Outline: Between the two documents
      Given the outside bot Rex takes the chats
      And Ada is chatting with Rex
      When Rex hands Ada over by a name of <length> characters
      Then Ada's transfer follows a documented limit of names

      Examples:
        | length |
        | 101    |
        | 200    |

  Rule: A page may bring 100 details of its own

    @req:EMB-12
    Scenario: As many as may be
      Given Ada brings 100 details
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees 100 details of Ada

    @req:EMB-12 @api
    Scenario: One too many
      Given Ada brings 101 details
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees 100 details of Ada

  Rule: Names that differ only in their case are two names

    @req:ESC-18
    Scenario: Two variables at once
      Given the bot remembers "Oslo" as "StoreLocation"
      And the bot remembers "Bergen" as "storelocation"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees "Oslo" as "StoreLocation" of Ada
      And Ben sees "Bergen" as "storelocation" of Ada

  Rule: Of two topics that use one name the later one counts

    @req:ESC-13
    Scenario: The second topic knows better
      Given the bot remembers "Oslo" as "StoreLocation"
      And the bot remembers "Bergen" as "StoreLocation" after "I have moved"
      And Ada is chatting with the bot
      And Ada has said "I have moved"
      When Ada is transferred to Ben
      Then Ben sees "Bergen" as "StoreLocation" of Ada
