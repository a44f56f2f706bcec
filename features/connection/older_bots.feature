@classic
Feature: Bots connected before November 2021
  Their tile may look as if nothing had been set up; that is a known issue of the page alone.

  Rule: They go on handing over

    @req:CON-27
    Scenario: A customer asks for a person
      Given the bot was connected in October 2021
      And Ben is available
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's conversation is active with Ben

    @req:CON-27
    Scenario: How the portal shows one
      Given the bot was connected in October 2021
      When Mia looks at the connection
      Then the way in which Mia's bot is shown is noted

  Rule: Enabling one shows its details and interrupts nothing

    @req:CON-28
    Scenario: Its details
      Given the bot was connected in October 2021
      When Mia enables the connection
      Then Mia's bot is shown with its details

    @req:CON-28 @inferred
    Scenario: A chat that goes on meanwhile
      Given the bot was connected in October 2021
      And Ada is chatting with the bot
      And Mia has enabled the connection
      When Ada says "opening hours"
      Then Ada sees "open from Monday to Saturday"
