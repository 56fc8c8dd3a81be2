package org.example.guide.bells;

public record Mail(String id, String address, String text) {}
