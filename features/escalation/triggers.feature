Feature: What makes a bot hand over
  A customer gets a person by asking for one, whatever the bot is about to do.

  Rule: Asking for a person works at any point

    @req:ESC-02
    Scenario: In the middle of a question
      Given no agent is available
      And Ada is chatting with the bot
      And the bot has asked Ada for the parcel number
      When Ada says "talk to agent"
      Then Ada's conversation is open

    @req:ESC-02
    Scenario Outline: In other words
      Given no agent is available
      And Ada is chatting with the bot
      When Ada says "<words>"
      Then Ada's conversation is open

      Examples:
        | words                  |
        | I need a person        |
        | can I talk to a human  |
        | Talk to an agent, now! |

    @req:ESC-02 @api
    Scenario Outline: Wherever the talk has got to
      Given no agent is available
      And Ada is chatting with the bot
      And Ada has said "<first>"
      And Ada has said "<second>"
      When Ada says "talk to agent"
      Then Ada's conversation is open

      Examples:
        | first           | second          |
        | hello           | opening hours   |
        | return a parcel | ZX-40417        |
        | opening hours   | return a parcel |
        | print a label   | opening hours   |
        | lilac kangaroos | hello           |

  Rule: The topic Escalate without its transfer only shows its message

    @req:ESC-03
    Scenario: A bot that has no transfer
      Given asked for a person, the bot says "Please call us"
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada sees "Please call us"
      And Ada's conversation stays with the bot

  Rule: An older bot asks twice for other words before it hands over

    @req:ESC-05 @preview @classic
    Scenario: Two sentences that it does not understand
      Given Ada is chatting with the bot
      And Ada has said "lilac kangaroos"
      When Ada says "purple pineapples"
      Then Ada's conversation stays with the bot

    @req:ESC-05 @preview @classic
    Scenario: Three sentences that it does not understand
      Given no agent is available
      And Ada is chatting with the bot
      And Ada has said "lilac kangaroos"
      And Ada has said "purple pineapples"
      When Ada says "yellow yachts"
      Then Ada's conversation is open

    @req:ESC-05 @preview @classic
    Scenario: A fallback of its own takes the place of asking again
      Given the bot answers the unknown with "Read our manual"
      And Ada is chatting with the bot
      And Ada has said "lilac kangaroos"
      And Ada has said "purple pineapples"
      When Ada says "yellow yachts"
      Then Ada's conversation stays with the bot

  Rule: A question that is never answered ends with a person

    @req:ESC-01 @req:ESC-05
    Scenario: Three answers that are none
      Given no agent is available
      And the bot offers "Small" or "Large" after "tents"
      And Ada is chatting with the bot
      And Ada has said "tents"
      And Ada has said "lilac kangaroos"
      And Ada has said "purple pineapples"
      When Ada says "yellow yachts"
      Then Ada's conversation is open

    @req:ESC-01 @req:ESC-05
    Scenario: Two answers that are none
      Given the bot offers "Small" or "Large" after "tents"
      And Ada is chatting with the bot
      And Ada has said "tents"
      And Ada has said "lilac kangaroos"
      When Ada says "purple pineapples"
      Then Ada's conversation stays with the bot

  Rule: A bot that cannot run says so with its documented code

    @req:ESC-31
    Scenario: A bot that was never published
      Given Mia has connected a bot without publishing it
      When Ada starts a chat with "hello"
      Then Ada sees error code 2009

    @req:ESC-30
    Scenario: A bot that is disconnected
      Given Mia has disconnected the bot
      When Ada starts a chat with "hello"
      Then Ada sees error code 2013

    @req:ESC-30
    Scenario: A bot whose user is disabled
      Given Olga has disabled the bot's user
      When Ada starts a chat with "hello"
      Then Ada sees error code 2013

    @req:ESC-30
    Scenario: A bot whose user is gone
      Given Olga has removed the bot's user
      When Ada starts a chat with "hello"
      Then Ada sees error code 2013
