package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;

/**
 * A request may not outlive its handler. It is an error, since Javalin starts what is asynchronous where it takes no exception for
 * an answer.
 */
final class TooManyAsyncRequests extends Error {

    private static final long serialVersionUID = 1L;

    private final transient RequestContext requestContext;
    private final transient ApiError answer;

    TooManyAsyncRequests(RequestContext requestContext, ApiError answer) {
        super(answer);
        this.requestContext = requestContext;
        this.answer = answer;
    }

    RequestContext requestContext() {
        return requestContext;
    }

    ApiError answer() {
        return answer;
    }
}
