// Tencent Cloud's own client for Go, unchanged, does all signature operations at the sandbox.
//
// It is the client that every service's package wraps, called with the names of the actions.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdkerrors "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"referees/shared"
)

const (
	approved = 0
	inReview = 1
	rejected = -1
)

type fields = map[string]any

type status struct{ SignId int64 }

type item struct {
	SignId      int64
	SignName    string
	StatusCode  int64
	ReviewReply string
}

type answer struct {
	Response struct {
		RequestId                 string
		AddSignStatus             status
		ModifySignStatus          status
		DescribeSignListStatusSet []item
		DeleteSignStatus          struct{ DeleteStatus string }
	}
}

func client(secretKey string) *common.Client {
	clientProfile := profile.NewClientProfile()
	clientProfile.HttpProfile.Scheme = "HTTP"
	clientProfile.HttpProfile.Endpoint = os.Getenv("TENCENTCLOUD_ENDPOINT")
	clientProfile.HttpProfile.ReqTimeout = 10
	credential := common.NewCredential(os.Getenv("TENCENTCLOUD_SECRET_ID"), secretKey)
	return common.NewCommonClient(credential, "ap-guangzhou", clientProfile)
}

func call(by *common.Client, action string, parameters fields) (answer, error) {
	var read answer
	request := tchttp.NewCommonRequest("sms", "2021-01-11", action)
	if err := request.SetActionParameters(parameters); err != nil {
		return read, err
	}
	response := tchttp.NewCommonResponse()
	if err := by.Send(request, response); err != nil {
		return read, err
	}
	return read, json.Unmarshal(response.GetBody(), &read)
}

func main() {
	proof, err := os.ReadFile(os.Getenv("REFEREE_PROOF"))
	if err != nil {
		panic(err)
	}
	application := func(changes fields) fields {
		whole := fields{
			"SignName":        "极客科技",
			"SignType":        0,
			"DocumentType":    1,
			"International":   0,
			"SignPurpose":     0,
			"ProofImage":      base64.StdEncoding.EncodeToString(proof),
			"QualificationId": 2000417,
		}
		for name, value := range changes {
			whole[name] = value
		}
		return whole
	}
	own := client(os.Getenv("TENCENTCLOUD_SECRET_KEY"))
	var id int64

	shown := func(should item) error {
		read, err := call(own, "DescribeSmsSignList", fields{"International": 0, "SignIdSet": []int64{id}})
		if err != nil {
			return err
		}
		should.SignId = id
		return shared.Same(read.Response.DescribeSignListStatusSet, []item{should})
	}
	review := func(verdict string, body map[string]string) error {
		return shared.Review("tencent", fmt.Sprint(id), verdict, body)
	}

	shared.Operation("submit", func() error {
		read, err := call(own, "AddSmsSign", application(nil))
		if id = read.Response.AddSignStatus.SignId; err == nil && id == 0 {
			return errors.New("no id")
		}
		return err
	})
	shared.Operation("look up", func() error {
		return shown(item{SignName: "极客科技", StatusCode: inReview})
	})
	shared.Operation("look up a rejection", func() error {
		if err := review("reject", map[string]string{"reason": "资质不清晰"}); err != nil {
			return err
		}
		return shown(item{SignName: "极客科技", StatusCode: rejected, ReviewReply: "资质不清晰"})
	})
	shared.Operation("modify", func() error {
		read, err := call(own, "ModifySmsSign", application(fields{"SignId": id, "SignName": "极客网络"}))
		if err != nil {
			return err
		}
		if err := shared.Same(read.Response.ModifySignStatus.SignId, id); err != nil {
			return err
		}
		return shown(item{SignName: "极客网络", StatusCode: inReview})
	})
	shared.Operation("look up an approval", func() error {
		if err := review("approve", map[string]string{}); err != nil {
			return err
		}
		return shown(item{SignName: "极客网络", StatusCode: approved})
	})
	shared.Operation("delete", func() error {
		read, err := call(own, "DeleteSmsSign", fields{"SignId": id})
		if err != nil {
			return err
		}
		return shared.Same(read.Response.DeleteSignStatus.DeleteStatus, "return successfully!")
	})
	shared.Operation("a wrong key is refused", func() error {
		_, err := call(client("another-key"), "DescribeSmsSignList", fields{"International": 0})
		var refusal *sdkerrors.TencentCloudSDKError
		if !errors.As(err, &refusal) {
			return fmt.Errorf("not refused: %v", err)
		}
		return shared.Same(refusal.Code, "AuthFailure.SignatureFailure")
	})
	shared.Finish()
}
