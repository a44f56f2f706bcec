@portal
Feature: Names of variables
  A name that the desk could not take is refused where it is written.

  Rule: A variable's name has at most 100 characters

    @req:ESC-19 @classic @web-app
    Scenario: The longest name
      Given Mia has begun a topic from blank
      When Mia saves a variable named by 100 letters
      Then the topic is saved

    @req:ESC-19 @classic @web-app
    Scenario: One letter more
      Given Mia has begun a topic from blank
      When Mia saves a variable named by 101 letters
      Then the topic is refused because "more than 100 characters"

  Rule: In the preview it had at most 200

    @req:ESC-19 @preview
    Scenario: The longest name of 2021
      Given Mia has begun a topic from blank
      When Mia saves a variable named by 200 letters
      Then the topic is saved

    @req:ESC-19 @preview
    Scenario: One letter more in 2021
      Given Mia has begun a topic from blank
      When Mia saves a variable named by 201 letters
      Then the topic is refused because "more than 200 characters"
