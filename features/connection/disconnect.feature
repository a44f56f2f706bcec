Feature: Disconnecting a bot
  A bot that is disconnected or disabled gets no more chats, and nobody who is being helped notices.

  Rule: Disconnecting disables the bot's user

    @req:DIS-01 @classic
    Scenario: The user of a bot disconnected in classic
      Given Mia has a bot that is connected
      When Mia disconnects the bot
      Then Olga finds a disabled user for Mia's bot

    @req:DIS-02 @web-app
    Scenario: The user of a disconnected bot
      Given Mia has a bot that is connected
      When Mia disconnects the bot
      Then Olga finds a disabled user for Mia's bot

    @req:DIS-01 @req:DIS-02 @api
    Scenario Outline: The same user in Dataverse in <generation>
      Given an organisation of the <generation>
      When Mia disconnects the bot
      Then Pia finds Mia's bot in Dataverse as Olga does

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

  Rule: The preview removes a disconnected bot

    @req:DIS-14 @preview
    Scenario: No user is left
      Given Mia has a published bot
      And Mia has connected the bot
      When Mia disconnects the bot
      Then Olga finds no user for Mia's bot

  Rule: A bot that is disconnected has nothing more to say

    @req:DIS-02 @web-app
    Scenario: A chat that the bot was holding
      Given Ada is chatting with the bot
      And Mia has disconnected the bot
      When Ada says "opening hours"
      Then the bot answers Ada no more

    @req:DIS-01 @classic
    Scenario: A chat that the bot was holding in classic
      Given Ada is chatting with the bot
      And Mia has disconnected the bot
      When Ada says "opening hours"
      Then the bot answers Ada no more

    @req:DIS-14 @preview
    Scenario: A chat that the bot was holding in the preview
      Given Ada is chatting with the bot
      And Mia has disconnected the bot
      When Ada says "opening hours"
      Then the bot answers Ada no more

    @req:DIS-02 @web-app
    Scenario: A chat that nobody holds any more is closed
      Given Ada is chatting with the bot
      And Mia has disconnected the bot
      When 30 minutes pass
      Then Ada's conversation is closed

  Rule: New chats do not reach a disconnected bot

    @req:DIS-12
    Scenario Outline: A chat after the disconnection in <generation>
      Given an organisation of the <generation>
      And Mia has disconnected the bot
      When Ada starts a chat with "hello"
      Then the bot does not answer Ada

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:ESC-30
    Scenario Outline: What the customer reads instead in <generation>
      Given an organisation of the <generation>
      And Mia has disconnected the bot
      When Ada starts a chat with "hello"
      Then Ada is told code 2013, the conversation and the time

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

  Rule: Chats with a person survive

    @req:DIS-11
    Scenario Outline: An agent is helping in <generation>
      Given an organisation of the <generation>
      And Ada is chatting with Ben
      When Mia disconnects the bot
      Then Ada's conversation is active with Ben

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:DIS-11
    Scenario Outline: What an agent of <generation> says then
      Given an organisation of the <generation>
      And Ada is chatting with Ben
      And Mia has disconnected the bot
      When Ben says "Your parcel left today" to Ada
      Then Ada sees "Your parcel left today"

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:DIS-11 @classic
    Scenario: An agent is helping when the connection is disabled
      Given Ada is chatting with Ben
      When Mia disables the connection
      Then Ada's conversation is active with Ben

  Rule: A disabled connection carries nothing and keeps how it was made

    @req:DIS-03 @classic
    Scenario: A chat after disabling
      Given Mia has disabled the connection
      When Ada starts a chat with "hello"
      Then the bot does not answer Ada

    @req:DIS-03 @classic
    Scenario: A chat that the bot was holding when it was disabled
      Given Ada is chatting with the bot
      And Mia has disabled the connection
      When Ada says "opening hours"
      Then the bot answers Ada no more

    @req:DIS-03 @classic @inferred
    Scenario: The user of a disabled connection
      Given Mia has a bot that is connected
      When Mia disables the connection
      Then Olga finds an enabled user for Mia's bot

    @req:DIS-03 @classic @inferred
    Scenario: Environment and application of a disabled connection
      Given Mia has a bot that is connected
      When Mia disables the connection
      Then Mia's bot is disabled
      And Mia's bot keeps environment and application

  Rule: Testing a connection reports and changes nothing

    @req:DIS-04 @classic
    Scenario: A connection that works
      Given Mia has a bot that is connected
      When Mia tests the connection
      Then Mia reads that the connection works

    @req:DIS-04 @classic
    Scenario: A connection whose user was disabled
      Given Olga has disabled the bot's user
      When Mia tests the connection
      Then Mia reads that the connection is broken

    @req:DIS-04 @classic @inferred
    Scenario: Everything stays as it was
      Given Mia has a bot that is connected
      When Mia tests the connection
      Then Mia's bot is connected as before

    @req:DIS-05 @classic
    Scenario: A connection that has just been given the chats
      Given Mia has a published bot
      And Mia has connected the bot
      And Olga has given Mia's bot the chats
      When Mia tests the connection
      Then Mia reads that the connection works

  Rule: A bot that is connected again works again

    @req:DIS-07
    Scenario Outline: A chat after connecting again in <generation>
      Given an organisation of the <generation>
      And Mia has disconnected the bot
      And Mia has connected the bot again
      When Ada starts a chat with "opening hours"
      Then Ada sees "open from Monday to Saturday"

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:DIS-07
    Scenario Outline: A transfer after connecting again in <generation>
      Given an organisation of the <generation>
      And Mia has disconnected the bot
      And Mia has connected the bot again
      And Ben is available
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

    @req:DIS-07
    Scenario Outline: The user of a bot connected again in <generation>
      Given an organisation of the <generation>
      And Mia has disconnected the bot
      When Mia connects the bot
      Then Olga finds an enabled user for Mia's bot

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:DIS-08 @classic
    Scenario: The application that the bot had
      Given Mia has disconnected the bot
      When Mia connects the bot with the application it had
      Then Mia's bot is connected

  Rule: A disconnected bot stays out until it is connected again

    @req:DIS-16
    Scenario Outline: Staying out of <generation> when <happens>
      Given an organisation of the <generation>
      And Mia has disconnected the bot
      When <happens>
      Then Olga finds a disabled user for Mia's bot

      @classic
      Examples:
        | generation | happens                        |
        | classic    | Mia publishes the bot          |
        | classic    | Olga gives Mia's bot the chats |

      @web-app
      Examples:
        | generation | happens                        |
        | web app    | Mia publishes the bot          |
        | web app    | Olga gives Mia's bot the chats |
