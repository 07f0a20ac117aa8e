import java.io.FileInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;

/**
 * Checks files against standards: java Vera STANDARD,STANDARD FILE...
 *
 * Prints one line for each file and standard: "result", standard, file, number of checks, "pass" or "fail";
 * below it one line for each broken rule: "broken", rule, message. Fields are separated by tabs.
 */
public class Vera {
    private static final int FAILURES_SHOWN = 100;

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            for (String standard : arguments[0].split(",")) {
                check(arguments[i], PDFAFlavour.fromString(standard), standard);
            }
        }
    }

    private static void check(String file, PDFAFlavour flavour, String standard) throws Exception {
        try (InputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour)) {
            PDFAValidator validator = ValidatorFactory.createValidator(flavour, FAILURES_SHOWN, false, false, false);
            ValidationResult result = validator.validate(parser);
            String verdict = result.isCompliant() ? "pass" : "fail";
            print("result", standard, file, String.valueOf(result.getTotalAssertions()), verdict);
            brokenRules(result).forEach((rule, message) -> print("broken", rule, message));
        }
    }

    private static Map<String, String> brokenRules(ValidationResult result) {
        Map<String, String> broken = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                broken.putIfAbsent(rule, assertion.getMessage() + " (" + assertion.getLocation().getContext() + ")");
            }
        }
        return broken;
    }

    private static void print(String... fields) {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].replaceAll("\\s+", " ");
        }
        System.out.println(String.join("\t", fields));
    }
}
