package org.example.weather;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.web.ApiError;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Serves the forecast of another server. */
public final class WeatherPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        WeatherConfig config = context.config(WeatherConfig.class);
        HttpClient http = context.httpClient();
        context.routes(routes -> routes.get("/forecast", Access.AUTHENTICATED, (request, caller) -> {
            HttpRequest forecast = HttpRequest.newBuilder(config.url())
                    .header("Authorization", "Bearer " + config.token().text())
                    .timeout(Duration.ofSeconds(5))
                    .build();
            try {
                HttpResponse<String> response = http.send(forecast, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    request.contentType("application/json").result(response.body());
                    return;
                }
                context.logger().warn("{} answers {}", config.url(), response.statusCode());
            } catch (IOException failure) {
                context.logger().warn("{} does not answer", config.url(), failure);
            }
            throw ApiError.unavailable("there is no forecast at the moment", Duration.ofSeconds(30));
        }));
    }
}
