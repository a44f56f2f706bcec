@web-app @portal
Feature: Building a topic for silent customers
  A maker builds by hand what a bot from the portal lacks, in the words of the topic editor.

  Rule: A topic from blank waits for phrases

    @req:INA-20
    Scenario: New topic, From blank
      When Mia begins a topic from blank
      Then Mia's topic starts from "Phrases"

  Rule: The trigger can be changed, at the price of the content

    @req:INA-21
    Scenario: Hovering over the trigger
      Given Mia has begun a topic from blank
      When Mia hovers over the trigger
      Then Mia is offered "Change trigger"

    @req:INA-03
    Scenario: The list of triggers
      Given Mia has begun a topic from blank
      When Mia selects "Change trigger"
      Then Mia is offered "Inactivity"

    @req:INA-15
    Scenario: What a change costs
      Given Mia has opened the topic "Greeting"
      When Mia chooses the trigger "Inactivity"
      Then Mia is warned that content will be lost

  Rule: The maker sets how long the silence is

    @req:INA-22
    Scenario Outline: Two ways to set it
      Given Mia has begun a topic from blank
      And Mia has changed the trigger to "Inactivity"
      When Mia selects "Edit" in the trigger
      Then Mia is offered "<way>"

      Examples:
        | way     |
        | Value   |
        | Formula |

    @req:INA-04
    Scenario Outline: From the list, or in seconds
      Given Mia has begun a topic from blank
      And Mia has changed the trigger to "Inactivity"
      And Mia has set the duration by "<way>" to "<written>"
      When Mia saves the topic
      Then Mia's topic waits for <silence>

      Examples:
        | way     | written    | silence    |
        | Value   | 10 minutes | 10 minutes |
        | Formula | 90         | 90 seconds |

    @req:INA-19
    Scenario: A shipped reminder that comes sooner
      Given Mia has opened the topic "Session Timeout Reminder"
      And Mia has set the duration by "Value" to "2 minutes"
      And Mia has saved the topic
      And Mia has published the bot
      And Ada is chatting with the bot
      When 2 minutes pass
      Then Ada sees "Are you still there?"

    @req:INA-14
    Scenario: A change that was not saved
      Given Mia has opened the topic "Session Timeout Reminder"
      And Mia has set the duration by "Value" to "2 minutes"
      And Mia has published the bot
      And Ada is chatting with the bot
      When 2 minutes pass
      Then Ada does not see "Are you still there?"

  Rule: The topic can be kept to Omnichannel

    @req:INA-23
    Scenario: The variable is found under System
      Given Mia has begun a topic from blank
      When Mia looks at the variables of "System"
      Then Mia is offered "Activity.Channel"

    @req:INA-23
    Scenario: Omnichannel is among its values
      Given Mia has begun a topic from blank
      When Mia selects "Activity.Channel" from "System"
      Then Mia is offered "Omnichannel"

    @req:INA-05
    Scenario: Activity.Channel equals Omnichannel
      Given Mia has begun a topic from blank
      And Mia has changed the trigger to "Inactivity"
      And Mia has selected "Activity.Channel" from "System"
      When Mia compares it with "Omnichannel" and saves
      Then Mia's topic demands "Omnichannel" of "Activity.Channel"

  Rule: The topic can end the conversation

    @req:INA-24
    Scenario: End conversation under Topic management
      Given Mia has begun a topic from blank
      When Mia selects "Topic management" under (+)
      Then Mia is offered "End conversation"
