Feature: Extensions of Omnichannel
  What bots need of them has changed: all in the preview, then little more than a warning.

  Rule: Classic warns when extensions are missing

    @req:CON-19 @classic
    Scenario Outline: One is missing
      Given Mia has a published bot
      And Pia has removed the <extension> extension
      When Mia enables the connection
      Then Mia is warned of missing extensions

      Examples:
        | extension   |
        | telephony   |
        | Omnichannel |
        | voice       |

    @req:CON-19 @classic
    Scenario: All are missing
      Given Mia has a published bot
      And Pia has removed every extension
      When Mia enables the connection
      Then Mia is warned of missing extensions

    @req:CON-19 @classic
    Scenario: None is missing
      Given Mia has a published bot
      When Mia enables the connection
      Then Mia is not warned

  Rule: The warning blocks neither a connection nor a hand-off of text

    @req:CON-20 @classic
    Scenario: Connecting without extensions
      Given Mia has a published bot
      And Pia has removed every extension
      When Mia connects the bot
      Then Mia's bot is connected

    @req:CON-20 @classic
    Scenario: Handing over without extensions
      Given Ben is available
      And Pia has removed every extension
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's conversation is active with Ben

    @req:CON-47 @classic
    Scenario: Handing over with the only one that matters
      Given Ben is available
      And Pia has removed the telephony extension
      And Mia is warned of missing extensions
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's conversation is active with Ben

  Rule: Text is handed over with none of the extensions

    @req:CON-42
    Scenario Outline: Nothing is installed
      Given an organisation of the <generation>
      And Ben is available
      And Pia has removed every extension
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's conversation is active with Ben

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

  Rule: The Omnichannel extension gives bots further variables

    @req:CON-43
    Scenario Outline: The name of a known customer
      Given an organisation of the <generation>
      And the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the bot greets with what it knows as "msdyn_CustomerName"
      And Ada brings "ada@post.example" as "Email"
      When Ada starts a chat
      Then Ada sees "msdyn_CustomerName: Ada Berg"

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:CON-43
    Scenario Outline: The same name without the extension
      Given an organisation of the <generation>
      And Pia has removed the Omnichannel extension
      And the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the bot greets with what it knows as "msdyn_CustomerName"
      And Ada brings "ada@post.example" as "Email"
      When Ada starts a chat
      Then Ada sees "msdyn_CustomerName: ."

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

  Rule: In Omnichannel's environment they come by themselves

    @req:CON-44 @classic
    Scenario: An environment with Omnichannel
      When Pia makes an environment "North" with Omnichannel
      Then Pia finds every extension in "North"

    @req:CON-44 @classic
    Scenario: An environment in which a trial begins
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia begins a trial in "Development"
      Then Pia finds every extension in "Development"

  Rule: Elsewhere they are missing until they are installed by hand

    @req:CON-45 @classic
    Scenario: A bot in another environment
      Given Mia has a published bot in the environment "Development"
      When Mia connects the bot
      Then Mia is warned of missing extensions

    @req:CON-45 @classic
    Scenario: Installed by hand
      Given Pia has installed every extension in "Development"
      And Mia has a published bot in the environment "Development"
      When Mia connects the bot
      Then Mia is not warned

  Rule: The preview cannot be used without the Omnichannel extension

    @req:CON-41 @preview
    Scenario: Connecting without it
      Given Pia has removed the Omnichannel extension
      And Mia has a published bot
      When Mia connects the bot
      Then the connection is refused because an extension is missing

    @req:CON-41 @preview
    Scenario: Chatting without it
      Given Pia has removed the Omnichannel extension
      When Ada starts a chat with "hello"
      Then the bot does not answer Ada

    @req:CON-41 @preview
    Scenario: The other extensions do not matter
      Given Pia has removed the telephony extension
      And Mia has a published bot
      When Mia connects the bot
      Then Mia's bot is connected
