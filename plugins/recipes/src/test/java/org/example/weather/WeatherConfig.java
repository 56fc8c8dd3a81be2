package org.example.weather;

import dev.belfry.api.Secret;
import java.net.URI;

/** The section {@code weather} of the configuration. */
public record WeatherConfig(URI url, Secret token) {}
