// Package client stands where Temporal's server looks for the part that starts machines for workers (on AWS, Google Cloud
// or Kubernetes). Standalone runs its one worker itself and never asks for any, so it is built without that part and the
// four hundred packages that it brings. Asked all the same, it says so; nothing is made in silence.
package client

import (
	"context"

	deploymentpb "go.temporal.io/api/deployment/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/auto-scaled-workers/wci/workflow/iface"
	"go.temporal.io/server/common/namespace"
	"go.uber.org/fx"
)

// leftOut is the answer to whoever wants machines.
const leftOut = "auto-scaled workers are not part of this build of the Temporal server: run it from its own image, or without a compute configuration"

// Client is what the worker service asks for. Its methods have the signatures of the module that is left out.
type Client interface {
	DescribeWorkerControllerInstance(context.Context, *namespace.Namespace, *deploymentpb.WorkerDeploymentVersion) (*iface.QueryDescribeWorkerControllerInstanceResponse, []byte, error)
	UpdateWorkerControllerInstance(ctx context.Context, ns *namespace.Namespace, version *deploymentpb.WorkerDeploymentVersion, conflictToken []byte,
		identity string, upsert map[string]iface.ScalingGroupSpecUpdate, remove []string) (*iface.UpdateWorkerControllerInstanceResponse, error)
	ValidateWorkerControllerInstanceSpec(ctx context.Context, ns *namespace.Namespace, version *deploymentpb.WorkerDeploymentVersion,
		identity string, upsert map[string]iface.ScalingGroupSpecUpdate, remove []string) error
	DeleteWorkerControllerInstance(ctx context.Context, ns *namespace.Namespace, version *deploymentpb.WorkerDeploymentVersion, identity string) error
}

// Module provides the Client. The hook by which the matching service would tell of each task is not provided, so there is none.
var Module = fx.Provide(func() Client { return none{} })

// none has no machines.
type none struct{}

// DescribeWorkerControllerInstance finds nothing, since nothing can be made: the server shows the version without machines.
func (none) DescribeWorkerControllerInstance(context.Context, *namespace.Namespace, *deploymentpb.WorkerDeploymentVersion) (*iface.QueryDescribeWorkerControllerInstanceResponse, []byte, error) {
	return nil, nil, serviceerror.NewNotFound(leftOut)
}

// UpdateWorkerControllerInstance refuses. An invalid argument, unlike other errors, is not tried again.
func (none) UpdateWorkerControllerInstance(context.Context, *namespace.Namespace, *deploymentpb.WorkerDeploymentVersion, []byte,
	string, map[string]iface.ScalingGroupSpecUpdate, []string,
) (*iface.UpdateWorkerControllerInstanceResponse, error) {
	return nil, serviceerror.NewInvalidArgument(leftOut)
}

// ValidateWorkerControllerInstanceSpec refuses.
func (none) ValidateWorkerControllerInstanceSpec(context.Context, *namespace.Namespace, *deploymentpb.WorkerDeploymentVersion,
	string, map[string]iface.ScalingGroupSpecUpdate, []string,
) error {
	return serviceerror.NewInvalidArgument(leftOut)
}

// DeleteWorkerControllerInstance is asked for each version that is deleted, also one that never had machines. There is
// nothing to delete, and an error would keep the version.
func (none) DeleteWorkerControllerInstance(context.Context, *namespace.Namespace, *deploymentpb.WorkerDeploymentVersion, string) error {
	return nil
}
