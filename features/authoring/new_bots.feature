@web-app
Feature: What a new bot brings along
  Where a bot is made decides what its maker still has to build before it can hand over.

  Rule: A bot from Dynamics 365 knows how to end a silent conversation

    @req:INA-01
    Scenario Outline: The session-timeout topics
      When Mia makes a bot from Dynamics 365
      Then Mia's bot has the topic "<topic>"

      Examples:
        | topic                    |
        | Session Timeout Reminder |
        | Session Timeout          |

    @req:INA-18
    Scenario Outline: What they start from
      When Mia makes a bot from Dynamics 365
      Then the topic "<topic>" of Mia's bot starts from silence

      Examples:
        | topic                    |
        | Session Timeout Reminder |
        | Session Timeout          |

  Rule: A bot from the portal does not

    @req:INA-02
    Scenario Outline: No session-timeout topics
      When Mia makes a bot in the portal
      Then Mia's bot has no topic "<topic>"

      Examples:
        | topic                    |
        | Session Timeout Reminder |
        | Session Timeout          |

  Rule: Only a bot from Dynamics 365 can hand over at once

    @req:ESC-04
    Scenario: Escalate from Dynamics 365
      When Mia makes a bot from Dynamics 365
      Then the topic "Escalate" of Mia's bot can transfer

    @req:ESC-04
    Scenario: Escalate from the portal
      When Mia makes a bot in the portal
      Then the topic "Escalate" of Mia's bot cannot transfer
