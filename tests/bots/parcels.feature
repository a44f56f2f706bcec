Feature: The parcels of the harbour

  Scenario: A customer hears where the parcel is
    Given Ada is chatting with the bot
    And Ada has said "where is my parcel"
    When Ada says "8"
    Then Ada sees "Parcel 8 waits at Quay 2."

  Scenario: An agent reads what the bot has learnt
    Given Ben is available
    And Ada is chatting with the bot
    And Ada has said "where is my parcel"
    And Ada has said "8"
    When Ada is transferred to Ben
    Then Ben sees "Quay 2" as "Quay" of Ada
    And Ben sees everything Ada and the bot said

  Scenario: A customer asks for a person in words of the harbour
    Given Ada is chatting with the bot
    When Ada says "I want a person"
    Then Ada's conversation is open
