@widget @preview @classic @web-app
Feature: A chat for everybody
  Nobody is shut out of the hand-off: not by bad eyes, a screen reader, or a keyboard without a mouse.

  Rule: Ctrl+/ leads to the send box

    @req:EMB-24
    Scenario: Back to writing while an agent answers
      Given Ada is chatting with Ben
      And Ada has moved to the header
      When Ada presses Ctrl+/
      Then Ada's focus is in the send box

  Rule: Unread text is announced politely

    @req:EMB-25
    Scenario: A message while nobody looks
      Given Ada is chatting with Ben
      And Ada has minimised the chat
      When Ben says "Here is your label" to Ada
      Then Ada is told politely of the unread count

  Rule: A scan by the rules of WCAG 2.1 AA finds nothing

    @req:EMB-26
    Scenario: A whole chat
      Given Ben is available
      When Ada goes through a whole chat with Ben
      Then no barrier stood in the way

    @req:EMB-26
    Scenario: The question before closing
      Given Ada is chatting with the bot
      When Ada selects the close button
      Then no barrier stands in Ada's way

    @req:EMB-26
    Scenario Outline: Beside a chat
      When Ada comes to <scene>
      Then no barrier stood in the way

      Examples:
        | scene                              |
        | a survey before the chat           |
        | a survey with a gap                |
        | a desk that is closed              |
        | an invitation                      |
        | a choice of answers                |
        | a survey after the chat            |
        | the question for an address        |
        | a file in the chat                 |
        | a card to sign in                  |
        | the question about an earlier chat |
        | a chat that cannot start           |

  Rule: Who hears the chat is told of the agent

    @req:EMB-26
    Scenario: An agent joins
      Given Ben is available
      And Ada is waiting for an agent
      When Ben accepts Ada's conversation
      Then Ada hears "Ben has joined"

  Rule: The keyboard alone is enough

    @req:EMB-26
    Scenario Outline: Opening the chat
      When Ada selects the chat button with <key>
      Then the chat opens for Ada

      Examples:
        | key   |
        | Space |
        | Enter |

    @req:EMB-26
    Scenario: A question keeps the focus
      Given Ada is chatting with the bot
      And Ada has selected the close button
      When Ada walks through the question with Tab
      Then the focus has stayed in the question

    @req:EMB-26
    Scenario: A question is left with Escape
      Given Ada is chatting with the bot
      And Ada has selected the close button
      When Ada presses Escape
      Then Ada's question is gone

    @req:EMB-26
    Scenario: After a question the focus is where it was
      Given Ada is chatting with the bot
      And Ada has selected the close button
      When Ada presses Escape
      Then Ada's focus is back in the close button

  Rule: The chat bears with every way to look at it

    @req:EMB-26
    Scenario Outline: A small page
      Given Ada sees the page with <view>
      And Ben is available
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then everything in the chat is within Ada's reach
      And no barrier stands in Ada's way

      Examples:
        | view                  |
        | a width of 320 pixels |
        | a zoom of 200 %       |

    @req:EMB-26
    Scenario: Colours of her own
      Given Ada sees the page with forced colours
      And Ben is available
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then the chat keeps to Ada's colours
      And no barrier stands in Ada's way

    @req:EMB-26
    Scenario Outline: Scripts from right to left
      Given the chat speaks <language>
      And Ben is available
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's chat runs from right to left
      And no barrier stands in Ada's way

      Examples:
        | language |
        | Arabic   |
        | Hebrew   |
