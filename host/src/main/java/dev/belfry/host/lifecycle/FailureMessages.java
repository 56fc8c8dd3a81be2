package dev.belfry.host.lifecycle;

/** Error messages for exceptions of plugin code. */
final class FailureMessages {

    private FailureMessages() {}

    static Refusal asRefusal(Throwable failure) {
        return failure instanceof Refusal refusal ? refusal : new Refusal(of(failure), failure);
    }

    static String of(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case ClassNotFoundException _, NoClassDefFoundError _ ->
                "a class is missing: " + message + ". Pack the library that has it into the plugin's JAR";
            case UnsupportedClassVersionError _ ->
                "it was compiled for a newer Java than " + Runtime.version().feature() + ": " + message;
            case IncompatibleClassChangeError _ -> "it was compiled against another version of a library: " + message;
            case ExceptionInInitializerError error
            when error.getCause() != null -> "a static initializer failed: " + of(error.getCause());
            case OutOfMemoryError _ -> "out of memory: " + message;
            default -> message == null || message.isBlank() ? failure.getClass().getName() : message;
        };
    }
}
