package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;

/**
 * A request may not outlive its handler. It is an error, since Javalin starts what is asynchronous where it takes no exception for
 * an answer.
 */
final class TooManyWaits extends Error {

    private static final long serialVersionUID = 1L;

    private final transient Exchange exchange;
    private final transient ApiError answer;

    TooManyWaits(Exchange exchange, ApiError answer) {
        super(answer);
        this.exchange = exchange;
        this.answer = answer;
    }

    Exchange exchange() {
        return exchange;
    }

    ApiError answer() {
        return answer;
    }
}
