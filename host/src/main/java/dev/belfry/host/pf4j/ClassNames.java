package dev.belfry.host.pf4j;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the class names in a class file: references in code, descriptors and generic signatures. */
final class ClassNames {

    /** Descriptors and signatures have the forms {@code Ljava/lang/String;} and {@code Ljava/util/List<...}. */
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;<>:()\\[*+-]+)[;<]");

    private ClassNames() {}

    /** All names in the class file. */
    static Set<String> in(byte[] bytes) {
        return names(ClassFile.of().parse(bytes), Set.of());
    }

    /** The classes that the class needs, without classes that it only names as nested or as enclosing ones. */
    static Set<String> neededBy(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        Set<String> names = names(model, nesting(model));
        model.superclass().ifPresent(type -> addClass(type.asInternalName(), names));
        model.interfaces().forEach(type -> addClass(type.asInternalName(), names));
        return names;
    }

    private static Set<String> nesting(ClassModel model) {
        Set<String> nesting = new TreeSet<>();
        model.findAttribute(Attributes.innerClasses())
                .ifPresent(inner -> inner.classes().forEach(type -> {
                    nesting.add(type.innerClass().asInternalName());
                    type.outerClass().ifPresent(outer -> nesting.add(outer.asInternalName()));
                }));
        model.findAttribute(Attributes.nestHost())
                .ifPresent(host -> nesting.add(host.nestHost().asInternalName()));
        model.findAttribute(Attributes.nestMembers())
                .ifPresent(members -> members.nestMembers().forEach(type -> nesting.add(type.asInternalName())));
        model.findAttribute(Attributes.enclosingMethod())
                .ifPresent(method -> nesting.add(method.enclosingClass().asInternalName()));
        return nesting;
    }

    private static Set<String> names(ClassModel model, Set<String> nesting) {
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> {
                    if (!nesting.contains(type.asInternalName())) {
                        addClass(type.asInternalName(), names);
                    }
                }
                case MemberRefEntry member -> addClass(member.owner().asInternalName(), names);
                case NameAndTypeEntry member -> addDescriptor(member.type(), names);
                case MethodTypeEntry type -> addDescriptor(type.descriptor(), names);
                default -> {}
            }
        }
        addSignature(model, names);
        model.fields().forEach(field -> {
            addDescriptor(field.fieldType(), names);
            addSignature(field, names);
        });
        model.methods().forEach(method -> {
            addDescriptor(method.methodType(), names);
            addSignature(method, names);
        });
        model.findAttribute(Attributes.record())
                .ifPresent(record -> record.components().forEach(component -> addSignature(component, names)));
        return names;
    }

    private static void addClass(String internalName, Set<String> names) {
        if (internalName.startsWith("[")) {
            addDescriptor(internalName, names);
        } else {
            names.add(internalName.replace('/', '.'));
        }
    }

    private static void addSignature(AttributedElement element, Set<String> names) {
        element.findAttribute(Attributes.signature())
                .ifPresent(signature -> addDescriptor(signature.signature(), names));
    }

    private static void addDescriptor(Utf8Entry descriptor, Set<String> names) {
        addDescriptor(descriptor.stringValue(), names);
    }

    private static void addDescriptor(String descriptor, Set<String> names) {
        Matcher matcher = IN_DESCRIPTOR.matcher(descriptor);
        while (matcher.find()) {
            names.add(matcher.group(1).replace('/', '.'));
        }
    }
}
