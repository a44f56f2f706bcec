Feature: Who may connect a bot
  Each generation asks a maker for other roles; those who hold more than these may, too.

  Rule: OC_Admin with Bot Author may connect, and nobody with less

    @req:CON-16 @web-app
    Scenario: OC_Admin with Bot Author alone
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah OC_Admin and Bot Author
      When Noah connects the bot
      Then Mia's bot is connected

    @req:CON-16 @web-app
    Scenario: A Bot Author in the web app
      Given Mia has a published bot
      And Noah works on Mia's bot
      When Noah connects the bot
      Then the connection is refused because a role is missing

    @req:CON-16 @web-app @api
    Scenario Outline: Both and further roles
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah <roles>
      When Noah connects the bot
      Then the connection is not refused

      Examples:
        | roles                                                                    |
        | OC_Admin, Bot Author and System Administrator                            |
        | OC_Admin, Bot Author and Omnichannel administrator                       |
        | OC_Admin, Bot Author, System Administrator and Omnichannel administrator |

    @req:CON-16 @web-app @api
    Scenario Outline: Not both
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah <roles>
      When Noah connects the bot
      Then the connection is refused because a role is missing

      Examples:
        | roles                                                          |
        | no role                                                        |
        | OC_Admin                                                       |
        | Bot Author                                                     |
        | System Administrator                                           |
        | Omnichannel administrator                                      |
        | OC_Admin and System Administrator                              |
        | OC_Admin and Omnichannel administrator                         |
        | Bot Author and System Administrator                            |
        | Bot Author and Omnichannel administrator                       |
        | System Administrator and Omnichannel administrator             |
        | OC_Admin, System Administrator and Omnichannel administrator   |
        | Bot Author, System Administrator and Omnichannel administrator |

  Rule: A System Administrator may connect, and nobody with less

    @req:CON-15 @classic
    Scenario: A System Administrator alone
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah System Administrator
      When Noah connects the bot
      Then Mia's bot is connected

    @req:CON-15 @classic
    Scenario: A Bot Author in Classic
      Given Mia has a published bot
      And Noah works on Mia's bot
      When Noah connects the bot
      Then the connection is refused because a role is missing

    @req:CON-15 @classic @api
    Scenario Outline: A System Administrator with further roles
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah <roles>
      When Noah connects the bot
      Then the connection is not refused

      Examples:
        | roles                                                                    |
        | OC_Admin and System Administrator                                        |
        | Bot Author and System Administrator                                      |
        | System Administrator and Omnichannel administrator                       |
        | OC_Admin, Bot Author and System Administrator                            |
        | OC_Admin, System Administrator and Omnichannel administrator             |
        | Bot Author, System Administrator and Omnichannel administrator           |
        | OC_Admin, Bot Author, System Administrator and Omnichannel administrator |

    @req:CON-15 @classic @api
    Scenario Outline: Anybody else in Classic
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah <roles>
      When Noah connects the bot
      Then the connection is refused because a role is missing

      Examples:
        | roles                                              |
        | no role                                            |
        | OC_Admin                                           |
        | Bot Author                                         |
        | Omnichannel administrator                          |
        | OC_Admin and Bot Author                            |
        | OC_Admin and Omnichannel administrator             |
        | Bot Author and Omnichannel administrator           |
        | OC_Admin, Bot Author and Omnichannel administrator |

  Rule: An Omnichannel administrator may add a bot, and nobody with less

    @req:CON-17 @preview
    Scenario: An Omnichannel administrator alone
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah Omnichannel administrator
      When Noah connects the bot
      Then Mia's bot is connected

    @req:CON-17 @preview
    Scenario: A Bot Author in the preview
      Given Mia has a published bot
      And Noah works on Mia's bot
      When Noah connects the bot
      Then the connection is refused because a role is missing

    @req:CON-17 @preview @api
    Scenario Outline: An Omnichannel administrator with further roles
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah <roles>
      When Noah connects the bot
      Then the connection is not refused

      Examples:
        | roles                                                                    |
        | OC_Admin and Omnichannel administrator                                   |
        | Bot Author and Omnichannel administrator                                 |
        | System Administrator and Omnichannel administrator                       |
        | OC_Admin, Bot Author and Omnichannel administrator                       |
        | OC_Admin, System Administrator and Omnichannel administrator             |
        | Bot Author, System Administrator and Omnichannel administrator           |
        | OC_Admin, Bot Author, System Administrator and Omnichannel administrator |

    @req:CON-17 @preview @api
    Scenario Outline: Anybody else in the preview
      Given Mia has a published bot
      And Noah works on Mia's bot
      And Pia has given Noah <roles>
      When Noah connects the bot
      Then the connection is refused because a role is missing

      Examples:
        | roles                                         |
        | no role                                       |
        | OC_Admin                                      |
        | Bot Author                                    |
        | System Administrator                          |
        | OC_Admin and Bot Author                       |
        | OC_Admin and System Administrator             |
        | Bot Author and System Administrator           |
        | OC_Admin, Bot Author and System Administrator |
