"""What SAM CLI's own providers see in templates: JSON of [{file, parameters}] on stdin, JSON of their answers on stdout."""

import json
import os
import sys

os.environ["SAM_CLI_TELEMETRY"] = "0"

from samcli.local.lambdafn.env_vars import EnvironmentVariables
from samcli.lib.providers.sam_function_provider import SamFunctionProvider
from samcli.lib.providers.sam_layer_provider import SamLayerProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider


FUNCTIONS = ("AWS::Serverless::Function", "AWS::Lambda::Function")


def texts(variables):
    """As `sam local` hands them to a container."""
    stringify = EnvironmentVariables()._stringify_value
    return {name: stringify(value) for name, value in (variables or {}).items()}


def function(f):
    metadata = f.metadata or {}
    return {
        "packageType": f.packagetype,
        "memory": f.memory,
        "timeout": f.timeout,
        "image": f.imageuri,
        "imageConfig": f.imageconfig,
        "environment": texts((f.environment or {}).get("Variables")),
        "architectures": f.architectures,
        "runtime": f.runtime,
        "context": metadata.get("DockerContext"),
        "dockerfile": metadata.get("Dockerfile"),
        "tag": metadata.get("DockerTag"),
        "target": metadata.get("DockerBuildTarget"),
        "buildArgs": texts(metadata.get("DockerBuildArgs")),
    }


def deployed(resource):
    """A function whose image is in ECR, which the provider passes over: its properties as the parser has resolved them."""
    properties = resource["Properties"]
    return {
        "packageType": properties.get("PackageType", "Zip"),
        "memory": properties.get("MemorySize"),
        "timeout": properties.get("Timeout"),
        "image": properties.get("ImageUri") or properties.get("Code", {}).get("ImageUri"),
        "imageConfig": properties.get("ImageConfig"),
        "environment": texts(properties.get("Environment", {}).get("Variables")),
        "architectures": properties.get("Architectures"),
        "runtime": properties.get("Runtime"),
        "context": None,
        "dockerfile": None,
        "tag": None,
        "target": None,
        "buildArgs": {},
    }


def layer(one):
    return {
        "path": one.codeuri,
        "buildMethod": one.build_method,
        "runtimes": one.compatible_runtimes,
        "architectures": one.compatible_architectures,
    }


def answer(case):
    parameters = case["parameters"]
    pseudo = {name: value for name, value in parameters.items() if name.startswith("AWS::")}
    own = {name: value for name, value in parameters.items() if name not in pseudo}
    stacks, _ = SamLocalStackProvider.get_stacks(
        case["file"], parameter_overrides=own, global_parameter_overrides=pseudo
    )
    functions = SamFunctionProvider(stacks, ignore_code_extraction_warnings=True)
    layers = SamLayerProvider(stacks)
    seen = {f.name: function(f) for f in functions.get_all()}
    passed_over = {
        name: deployed(resource)
        for name, resource in stacks[0].resources.items()
        if resource["Type"] in FUNCTIONS and name not in seen
    }
    return {
        "functions": {**seen, **passed_over},
        "layers": {one.layer_id: layer(one) for one in layers.get_all()},
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout, indent=1, sort_keys=True, default=str)
