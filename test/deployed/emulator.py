"""ministack, closer to AWS where it does not do what AWS does.

- An HTTP API may be made of an OpenAPI document, with integrations that its routes share.
- An API may only call a function that the role of the integration may invoke.
- A schedule may only call what its role lets it.
- An event source may only read a queue that the function's role may read.
- SQS' batch calls need the permission of the single call: AWS has no action for them.
- Mail is sent by an identity of SES, which the sender's policy may name, as it may the address.
- What comes over this machine's loopback counts as TLS, so that policies that want it are kept
  without certificates (the queues', the topic's, and the CDK's bucket's).

With IAM_TRACE=<file> every decision is written there once: role, action, resource, decision.
"""
import json
import os
import sys

import ministack.core.iam_actions as actions
import ministack.core.iam_evaluator as evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import apigateway, eventbridge, lambda_svc
from ministack.services.cloudformation import provisioners

_BATCH = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}

_extract = actions.extract_iam_action


def extract_iam_action(*args, **kwargs):
    action = _extract(*args, **kwargs)
    return _BATCH.get(action, action)


actions.extract_iam_action = extract_iam_action

_resource = actions.extract_resource_arn


def extract_resource_arn(service, method, path, headers, body, *args, **kwargs):
    if service == "ses" and method == "POST" and path.endswith("/outbound-emails"):
        sender = json.loads(body)["FromEmailAddress"]
        return f"arn:aws:ses:{get_region()}:{get_account_id()}:identity/{sender}"
    return _resource(service, method, path, headers, body, *args, **kwargs)


actions.extract_resource_arn = extract_resource_arn

# Imported once the action of a request is found as above.
import ministack.app as app  # noqa: E402

app.pin_request_origin = lambda source_ip, _secure: evaluator.pin_request_origin(source_ip, True)


def refuse(what):
    print(f"REFUSED {what}", file=sys.stderr, flush=True)


def role_allows(role_arn, action, resource):
    """Whether the policies of a role allow an action."""
    account = role_arn.split(":")[4]
    policies = evaluator._gather_role_policies(role_arn.rsplit("/", 1)[-1], account)
    context = evaluator.EvalContext(
        principal_arn=role_arn, principal_type="AssumedRole", principal_account=get_account_id(),
        action=action, resource_arn=resource, region=get_region(), secure_transport=True,
        service_context={},
    )
    return evaluator.evaluate(context, policies).decision == "Allow"


_EXTENSION = "x-amazon-apigateway-"
_api_of_cloudformation = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]
_create_api = _api_of_cloudformation["create"]


def create_api(logical_id, props, stack_name):
    api_id, attributes = _create_api(logical_id, props, stack_name)
    import_document(api_id, props.get("Body") or {})
    return api_id, attributes


def import_document(api_id, document):
    """The routes and integrations of an OpenAPI document, as API Gateway imports them."""
    shared = document.get("components", {}).get(_EXTENSION + "integrations", {})
    made = {}
    for path, methods in document.get("paths", {}).items():
        for method, operation in methods.items():
            reference = operation[_EXTENSION + "integration"]["$ref"]
            name = reference.rsplit("/", 1)[-1]
            if name not in made:
                made[name] = create_integration(api_id, shared[name])
            default = operation.get("isDefaultRoute", False)
            apigateway._create_route(api_id, {
                "routeKey": "$default" if default else f"{method.upper()} {path}",
                "target": f"integrations/{made[name]}",
            })


def create_integration(api_id, integration):
    answer = apigateway._create_integration(api_id, {
        "integrationType": integration["type"].upper(),
        "integrationMethod": integration["httpMethod"],
        "integrationUri": integration["uri"],
        "payloadFormatVersion": integration["payloadFormatVersion"],
    })
    integration_id = json.loads(answer[2])["integrationId"]
    stored = apigateway._integrations[api_id][integration_id]
    stored["credentialsArn"] = integration["credentials"]
    return integration_id


_api_of_cloudformation["create"] = create_api

_invoke_proxy = apigateway._invoke_lambda_proxy


async def invoke_lambda_proxy(integration, *args, **kwargs):
    function = apigateway._extract_lambda_ref_from_integration_uri(integration["integrationUri"])
    role = integration.get("credentialsArn", "")
    if role == "" or not role_allows(role, "lambda:InvokeFunction", function):
        refuse(f"API -> {function}: {role or 'no role'} may not invoke it")
        return 500, {"Content-Type": "application/json"}, b'{"message":"Internal Server Error"}'
    return await _invoke_proxy(integration, *args, **kwargs)


apigateway._invoke_lambda_proxy = invoke_lambda_proxy

_target = eventbridge._invoke_target


def invoke_target(target, event, rule, *args, **kwargs):
    role = target.get("RoleArn")
    scheduled = event.get("Source") == "aws.scheduler"
    if scheduled and not role_allows(role, "lambda:InvokeFunction", target["Arn"]):
        return refuse(f"schedule {rule.get('Name')} -> {target['Arn']}")
    return _target(target, event, rule, *args, **kwargs)


eventbridge._invoke_target = invoke_target

_dispatch = lambda_svc._dispatch_esm_batch


def dispatch_esm_batch(esm_id, run, esm, record, *args, **kwargs):
    role, queue = record["config"]["Role"], esm["EventSourceArn"]
    for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"):
        if not role_allows(role, action, queue):
            return refuse(f"event source {queue}: {role} may not {action}")
    return _dispatch(esm_id, run, esm, record, *args, **kwargs)


lambda_svc._dispatch_esm_batch = dispatch_esm_batch


_evaluate = evaluator.evaluate
_traced = set()


def evaluate(context, *args):
    if context.action == "ses:SendEmail":
        context.service_context["ses:fromaddress"] = context.resource_arn.rsplit("/", 1)[-1]
    result = _evaluate(context, *args)
    trace(context.principal_arn, context.action, context.resource_arn, result.decision)
    return result


evaluator.evaluate = evaluate


def trace(*decision):
    file = os.environ.get("IAM_TRACE")
    if file is None or decision in _traced:
        return
    _traced.add(decision)
    with open(file, "a", encoding="utf8") as lines:
        lines.write("\t".join(map(str, decision)) + "\n")


app.main()
