@preview @classic @web-app
Feature: The hand-off itself
  What a bot sends when it hands over has a documented form, and a documented size.

  Rule: The hand-off has its name, conversation, value and transcript

    @req:ESC-21
    Scenario: A hand-off after a short talk
      Given Ada is chatting with the bot
      And Ada has told the bot the store is in Oslo
      When Ada asks for a person
      Then Mia's bot has handed Ada over in the documented form

    @req:ESC-21
    Scenario: The transcript of a talk
      Given Ada is chatting with the bot
      And Ada has told the bot the store is in Oslo
      When Ada asks for a person
      Then Mia's bot has handed over everything Ada and it said

  Rule: A private message is what the maker wrote, or there is none

    @req:ESC-11
    Scenario: A bot with a message of its own
      Given Ben is available
      And the bot tells agents "She has called twice"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees this private message about Ada
        """
        She has called twice
        """

    @req:ESC-11 @api
    Scenario Outline: A message in any script, and the longest
      Given Ben is available
      And the bot tells agents <message>
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben reads <message> about Ada

      Examples:
        | message                     |
        | a text of three lines       |
        | a text with quotation marks |
        | a text with markup          |
        | an Arabic text              |
        | a Japanese text             |
        | a text with emoji           |
        | a text of 4,000 characters  |

    @req:ESC-16 @api
    Scenario: A message that is too long
      Given the bot tells agents a text of 4,001 characters
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation stays with the bot

    @req:ESC-11
    Scenario: A bot without a message
      Given Ben is available
      And the bot has no private message for agents
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees no private message about Ada

  Rule: Attachments that nobody knows are passed over

    @req:ESC-22 @api
    Scenario: An attachment of another kind
      Given no agent is available
      And the outside bot Rex takes the chats
      And Ada is chatting with Rex
      When Rex hands Ada over with an unheard-of attachment
      Then Ada's conversation is open

  Rule: A message of more than 28 KB is refused

    @req:ESC-20 @api
    Scenario Outline: A customer's long story
      Given Ada is chatting with Ben
      When Ada tries to say <story>
      Then the message is refused as too large

      Examples:
        | story                                    |
        | a text of 29,000 characters              |
        | an accented text of 15,000 characters    |
        | an ideographic text of 10,000 characters |

    @req:ESC-20 @api
    Scenario: An agent's long story
      Given Ada is chatting with Ben
      When Ben tries to tell Ada a text of 29,000 characters
      Then the message is refused as too large

    @req:ESC-20 @api
    Scenario: A customer's story that just fits
      Given Ada is chatting with Ben
      When Ada tries to say a text of 27,000 characters
      Then the message is not refused
      And Ben sees a text of 27,000 characters from Ada

    @req:ESC-20 @api
    Scenario: An agent's story that just fits
      Given Ada is chatting with Ben
      When Ben tries to tell Ada a text of 27,000 characters
      Then the message is not refused
      And Ada sees a text of 27,000 characters
