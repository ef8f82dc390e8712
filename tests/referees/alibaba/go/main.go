// Alibaba Cloud's client for Go of the years before ACS3, unchanged, does all signature operations at the sandbox.
//
// It signs in the parameters (RPC, version 1), and is called with the names of the operations, as
// the package of dysmsapi does it.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"

	"referees/shared"
)

const (
	inReview = 0
	approved = 1
	rejected = 2
	name     = "极客科技"
)

type answer struct {
	Code       string
	SignName   string
	SignStatus int
	Remark     string
	OrderId    string
	AuditInfo  struct{ RejectInfo string }
	TotalCount int
}

func call(secret, method, action string, query, form map[string]string) (answer, error) {
	var read answer
	client, err := sdk.NewClientWithAccessKey("cn-hangzhou", os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"), secret)
	if err != nil {
		return read, err
	}
	request := requests.NewCommonRequest()
	request.Method, request.Scheme, request.Domain = method, "http", os.Getenv("ALIBABA_CLOUD_ENDPOINT")
	request.Version, request.ApiName = "2017-05-25", action
	for name, text := range query {
		request.QueryParams[name] = text
	}
	for name, text := range form {
		request.FormParams[name] = text
	}
	response, err := client.ProcessCommonRequest(request)
	if err != nil {
		return read, err
	}
	if err := json.Unmarshal(response.GetHttpContentBytes(), &read); err != nil {
		return read, err
	}
	if read.Code != "OK" {
		return read, errors.New(read.Code)
	}
	return read, nil
}

func refused(code string, err error) error {
	var refusal sdkerrors.Error
	if !errors.As(err, &refusal) {
		return fmt.Errorf("not refused: %v", err)
	}
	if refusal.ErrorCode() != code {
		return err
	}
	return nil
}

func main() {
	secret := os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
	application := func(remark string) map[string]string {
		return map[string]string{
			"SignName":        name,
			"SignSource":      "0",
			"QualificationId": "1000000417",
			"ThirdParty":      "false",
			"Remark":          remark,
		}
	}
	look := map[string]string{"SignName": name}
	remark := "登录 & 测 *~(b)+"

	shown := func(status int, remark, reason string) error {
		read, err := call(secret, "GET", "GetSmsSign", look, nil)
		if err != nil {
			return err
		}
		is := []any{read.SignName, read.SignStatus, read.Remark, read.AuditInfo.RejectInfo}
		return shared.Same(is, []any{name, status, remark, reason})
	}

	shared.Operation("submit, in the query", func() error {
		read, err := call(secret, "POST", "CreateSmsSign", application(remark), nil)
		if err == nil && read.OrderId == "" {
			return errors.New("no order")
		}
		return err
	})
	shared.Operation("look up", func() error { return shown(inReview, remark, "") })
	shared.Operation("list", func() error {
		read, err := call(secret, "POST", "QuerySmsSignList", map[string]string{"PageIndex": "1"}, nil)
		if err != nil {
			return err
		}
		return shared.Same(read.TotalCount, 1)
	})
	shared.Operation("look up a rejection", func() error {
		if err := shared.Review("alibaba", name, "reject", map[string]string{"reason": "资质不清晰"}); err != nil {
			return err
		}
		return shown(rejected, remark, "资质不清晰")
	})
	shared.Operation("modify, in a form", func() error {
		if _, err := call(secret, "POST", "UpdateSmsSign", nil, application("mended + 1")); err != nil {
			return err
		}
		return shown(inReview, "mended + 1", "")
	})
	shared.Operation("look up an approval", func() error {
		if err := shared.Review("alibaba", name, "approve", map[string]string{}); err != nil {
			return err
		}
		return shown(approved, "mended + 1", "")
	})
	shared.Operation("delete", func() error {
		if _, err := call(secret, "POST", "DeleteSmsSign", look, nil); err != nil {
			return err
		}
		return refused("SignatureNotFound", shown(approved, "", ""))
	})
	shared.Operation("a wrong key is refused, and told from a mistake of the client's", func() error {
		_, err := call("another", "GET", "GetSmsSign", look, nil)
		if err := refused("SignatureDoesNotMatch", err); err != nil {
			return err
		}
		if !strings.Contains(err.Error(), "InvalidAccessKeySecret") {
			return fmt.Errorf("the client does not find its own string in: %v", err)
		}
		return nil
	})
	shared.Finish()
}
