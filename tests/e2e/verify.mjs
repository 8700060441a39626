// Verifies Standard Webhooks signatures by the npm package that is not ours.
// stdin: a JSON list of {"secret","id","timestamp","signature","body"}; stdout: a list of null or
// what is wrong, in the same order.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const hooks = JSON.parse(readFileSync(0, "utf8"));
const verdicts = hooks.map((hook) => {
  try {
    new Webhook(hook.secret).verify(hook.body, {
      "webhook-id": hook.id,
      "webhook-timestamp": hook.timestamp,
      "webhook-signature": hook.signature,
    });
    return null;
  } catch (error) {
    return String(error.message ?? error);
  }
});
process.stdout.write(JSON.stringify(verdicts));
