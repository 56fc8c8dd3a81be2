package org.example.guide.ding;

import dev.belfry.api.ConfigurationWarnings;
import java.net.URI;
import java.util.Map;

public record TowerConfig(URI tower) implements ConfigurationWarnings {
    @Override
    public Map<String, String> warnings() {
        return tower.getScheme().equals("http") ? Map.of("tower", "is not encrypted. Write https") : Map.of();
    }
}
